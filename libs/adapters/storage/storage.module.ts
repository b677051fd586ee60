// The storage room's table of contents: every store port, over the database that DATABASE_URL names.
import {
  type Abstract,
  type DynamicModule,
  Global,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AccountStore, OperatorStore } from '#domain/accounts';
import { AlarmStore } from '#domain/alarms';
import { ApplicationStore } from '#domain/applications';
import { BindingStore } from '#domain/binding';
import { BatchStore, DeviceStore, ProductStore, SnapshotStore } from '#domain/devices';
import { ErasureStore } from '#domain/erasure';
import { FarewellStore } from '#domain/farewell';
import { HomeStore, ModePlanStore, RoomStore } from '#domain/homes';
import { AbsenceStore, HistoryStore, IntakeStore } from '#domain/intake';
import { ContactStore, EndpointStore, NoticeStore, OutboxStore, PreferenceStore } from '#domain/notices';
import { PersonalRecords } from '#domain/personal';
import { SharingStore } from '#domain/sharing';
import { writingOptions } from './data-source.js';
import { locateDatabase } from './database-url.js';
import { type StorageOptions, Stores, storesOver } from './stores.js';

const store = <T>(provide: Abstract<T>, of: (stores: Stores) => T): Provider => ({
  provide,
  inject: [Stores],
  useFactory: of,
});

const ports: Provider[] = [
  store(AccountStore, stores => stores.accounts),
  store(OperatorStore, stores => stores.operators),
  store(HomeStore, stores => stores.homes),
  store(AbsenceStore, stores => stores.absences),
  store(ModePlanStore, stores => stores.modePlans),
  store(ProductStore, stores => stores.products),
  store(DeviceStore, stores => stores.devices),
  store(BatchStore, stores => stores.batches),
  store(ApplicationStore, stores => stores.applications),
  store(BindingStore, stores => stores.bindings),
  store(RoomStore, stores => stores.rooms),
  store(SharingStore, stores => stores.sharing),
  store(AlarmStore, stores => stores.alarms),
  store(NoticeStore, stores => stores.notices),
  store(OutboxStore, stores => stores.outbox),
  store(PreferenceStore, stores => stores.preferences),
  store(EndpointStore, stores => stores.endpoints),
  store(ContactStore, stores => stores.contacts),
  store(IntakeStore, stores => stores.intake),
  store(HistoryStore, stores => stores.history),
  store(PersonalRecords, stores => stores.personal),
  store(ErasureStore, stores => stores.erasures),
  store(FarewellStore, stores => stores.farewells),
  store(SnapshotStore, stores => stores.snapshots),
];

@Global()
@Module({})
export class StorageModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(private readonly stores: Stores) {}

  /** @throws Error at once when `url` is none that storage knows */
  static forRoot({ url, snapshotDir }: StorageOptions): DynamicModule {
    const location = locateDatabase(url);
    // A PostgreSQL that starts together with the gateway is waited for, half a minute; a file is there or it is not.
    const retryAttempts = location.dialect === 'postgres' ? 10 : 1;
    const opened: Provider = {
      provide: Stores,
      inject: [getDataSourceToken()],
      useFactory: (source: DataSource) => storesOver(source, location, snapshotDir),
    };
    return {
      module: StorageModule,
      imports: [
        TypeOrmModule.forRootAsync({ useFactory: () => ({ ...writingOptions(location), retryAttempts }) }),
      ],
      providers: [opened, ...ports],
      exports: [Stores, ...ports],
    };
  }

  onApplicationBootstrap(): void {
    this.stores.keepInShape();
  }

  /** The last of the shutdown's steps: whoever writes has stopped by then. */
  onApplicationShutdown(): Promise<void> {
    return this.stores.close();
  }
}
