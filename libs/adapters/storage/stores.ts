// Every store port of the domain over one database, opened and closed together.
import { DataSource } from 'typeorm';
import type { AccountStore, OperatorStore } from '#domain/accounts';
import type { AlarmStore } from '#domain/alarms';
import type { ApplicationStore } from '#domain/applications';
import type { BindingStore } from '#domain/binding';
import type { BatchStore, DeviceStore, ProductStore, SnapshotStore } from '#domain/devices';
import type { ErasureStore } from '#domain/erasure';
import type { FarewellStore } from '#domain/farewell';
import type { HomeStore, ModePlanStore, RoomStore } from '#domain/homes';
import type { AbsenceStore, HistoryStore, IntakeStore } from '#domain/intake';
import type { ContactStore, EndpointStore, NoticeStore, OutboxStore, PreferenceStore } from '#domain/notices';
import type { PersonalRecords } from '#domain/personal';
import type { SharingStore } from '#domain/sharing';
import { writingOptions } from './data-source.js';
import { type DatabaseLocation, locateDatabase } from './database-url.js';
import type { Dialect } from './entities/index.js';
import { type InputWindow, inputsOn } from './erasure-inputs.js';
import { FileSnapshotStore } from './file-snapshot.store.js';
import { PostgresDatabase } from './postgres-database.js';
import { PostgresHistoryStore } from './postgres-history.store.js';
import { PostgresIntakeStore } from './postgres-intake.store.js';
import { SqliteBatchStore } from './sqlite-batch.store.js';
import { SqliteDatabase } from './sqlite-database.js';
import { SqliteDeviceStore } from './sqlite-device.store.js';
import { SqliteHistoryStore } from './sqlite-history.store.js';
import { SqliteIntakeStore } from './sqlite-intake.store.js';
import { TypeormAbsenceStore } from './typeorm-absence.store.js';
import { TypeormAccountStore } from './typeorm-account.store.js';
import { TypeormAlarmStore } from './typeorm-alarm.store.js';
import { TypeormApplicationStore } from './typeorm-application.store.js';
import { TypeormBatchStore } from './typeorm-batch.store.js';
import { TypeormBindingStore } from './typeorm-binding.store.js';
import { TypeormContactStore } from './typeorm-contact.store.js';
import { TypeormDeviceStore } from './typeorm-device.store.js';
import { TypeormEndpointStore } from './typeorm-endpoint.store.js';
import { TypeormErasureStore } from './typeorm-erasure.store.js';
import { TypeormFarewellStore } from './typeorm-farewell.store.js';
import { TypeormHomeStore } from './typeorm-home.store.js';
import { TypeormModePlanStore } from './typeorm-mode-plan.store.js';
import { TypeormNoticeStore } from './typeorm-notice.store.js';
import { TypeormOperatorStore } from './typeorm-operator.store.js';
import { TypeormOutboxStore } from './typeorm-outbox.store.js';
import { TypeormPersonalRecords } from './typeorm-personal-records.js';
import { TypeormPreferenceStore } from './typeorm-preference.store.js';
import { TypeormProductStore } from './typeorm-product.store.js';
import { TypeormRoomStore } from './typeorm-room.store.js';
import { TypeormSharingStore } from './typeorm-sharing.store.js';

export interface StorageOptions {
  /** As DATABASE_URL has it: `sqlite:PATH`, `file:PATH` or `postgres://…`. */
  readonly url: string;
  /** Made when it is missing. */
  readonly snapshotDir: string;
}

export abstract class Stores {
  abstract readonly dialect: Dialect;
  abstract readonly accounts: AccountStore;
  abstract readonly operators: OperatorStore;
  abstract readonly homes: HomeStore;
  abstract readonly absences: AbsenceStore;
  abstract readonly modePlans: ModePlanStore;
  abstract readonly products: ProductStore;
  abstract readonly devices: DeviceStore;
  abstract readonly batches: BatchStore;
  abstract readonly applications: ApplicationStore;
  abstract readonly bindings: BindingStore;
  abstract readonly rooms: RoomStore;
  abstract readonly sharing: SharingStore;
  abstract readonly alarms: AlarmStore;
  abstract readonly notices: NoticeStore;
  abstract readonly outbox: OutboxStore;
  abstract readonly preferences: PreferenceStore;
  abstract readonly endpoints: EndpointStore;
  abstract readonly contacts: ContactStore;
  abstract readonly intake: IntakeStore;
  abstract readonly history: HistoryStore;
  abstract readonly personal: PersonalRecords;
  abstract readonly erasures: ErasureStore;
  abstract readonly farewells: FarewellStore;
  abstract readonly snapshots: SnapshotStore;
  /** Resolves, if ever, when nothing is written any more: an fsync has failed. Only another process may go on. */
  abstract readonly durabilityLost: Promise<Error>;
  /** Begins what the database needs from time to time in a gateway that runs for long. */
  abstract readonly keepInShape: () => void;
  /** Lets what was begun end, takes nothing more, and closes the database. */
  abstract close(): Promise<void>;
}

/** Opens the database, brings its tables up to date, and gives its stores; for tools and contract suites. */
export async function openStores({ url, snapshotDir }: StorageOptions): Promise<Stores> {
  const location = locateDatabase(url);
  const source = await new DataSource(writingOptions(location)).initialize();
  return storesOver(source, location, snapshotDir);
}

/** @param source initialized from the location's writing options; closed when this fails */
export async function storesOver(
  source: DataSource,
  location: DatabaseLocation,
  snapshotDir: string,
): Promise<Stores> {
  try {
    const { database, devices, batches, intake, history, inputsOf } = await databaseOver(source, location);
    return {
      dialect: database.dialect,
      accounts: new TypeormAccountStore(database),
      operators: new TypeormOperatorStore(database),
      homes: new TypeormHomeStore(database),
      absences: new TypeormAbsenceStore(database),
      modePlans: new TypeormModePlanStore(database),
      products: new TypeormProductStore(database),
      devices,
      batches,
      applications: new TypeormApplicationStore(database),
      bindings: new TypeormBindingStore(database),
      rooms: new TypeormRoomStore(database),
      sharing: new TypeormSharingStore(database),
      alarms: new TypeormAlarmStore(database),
      notices: new TypeormNoticeStore(database),
      outbox: new TypeormOutboxStore(database),
      preferences: new TypeormPreferenceStore(database),
      endpoints: new TypeormEndpointStore(database),
      contacts: new TypeormContactStore(database),
      intake,
      history,
      personal: new TypeormPersonalRecords(database),
      erasures: new TypeormErasureStore(database, inputsOf),
      farewells: new TypeormFarewellStore(database),
      snapshots: await FileSnapshotStore.open(snapshotDir),
      durabilityLost: database.durabilityLost,
      keepInShape: () => database.keepInShape(),
      close: () => database.close(),
    };
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

async function databaseOver(source: DataSource, location: DatabaseLocation) {
  switch (location.dialect) {
    case 'sqlite': {
      const database = await SqliteDatabase.over(source, location.path);
      return {
        database,
        devices: new SqliteDeviceStore(database),
        batches: new SqliteBatchStore(database),
        intake: new SqliteIntakeStore(database),
        history: new SqliteHistoryStore(database),
        inputsOf: (window: InputWindow) => database.beside('inputsOf', window),
      };
    }
    case 'postgres': {
      const database = await PostgresDatabase.over(source);
      return {
        database,
        devices: new TypeormDeviceStore(database),
        batches: new TypeormBatchStore(database),
        intake: new PostgresIntakeStore(database),
        history: new PostgresHistoryStore(database),
        inputsOf: (window: InputWindow) => inputsOn(database, window),
      };
    }
  }
}
