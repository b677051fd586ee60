// The module as the gateway uses it: every port is there, in every room, and it closes in order.
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AccountStore } from '#domain/accounts';
import { AlarmStore } from '#domain/alarms';
import { BindingStore } from '#domain/binding';
import { DeviceStore, ProductStore, SnapshotStore } from '#domain/devices';
import { HomeStore } from '#domain/homes';
import { HistoryStore, IntakeStore } from '#domain/intake';
import { ContactStore, EndpointStore, NoticeStore, OutboxStore } from '#domain/notices';
import { gasSensor } from './contracts/samples.contract.js';
import { temporaryFolder } from './contracts/temporary-stores.contract.js';
import { openStores, StorageModule } from './index.js';

@Injectable()
class Shelf {
  constructor(readonly products: ProductStore) {}

  /** A room that writes once more while the process goes down. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.products.put(gasSensor('last'));
  }
}

@Module({ providers: [Shelf], exports: [Shelf] })
class ShelfModule {}

describe('the storage module', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives every store port of the domain', async () => {
    const app = await started();
    const ports = [
      AccountStore,
      HomeStore,
      ProductStore,
      DeviceStore,
      SnapshotStore,
      BindingStore,
      AlarmStore,
      NoticeStore,
      OutboxStore,
      EndpointStore,
      ContactStore,
      IntakeStore,
      HistoryStore,
    ];
    for (const port of ports) expect(app.get(port)).toBeInstanceOf(port);
    await app.close();
  });

  it('reaches rooms that do not import it, and closes after they wrote their last', async () => {
    const app = await started();
    await app.get(Shelf).products.put(gasSensor('first'));
    await app.close();
    await expect(app.get(Shelf).products.put(gasSensor('late'))).rejects.toThrow(
      expect.objectContaining({ code: 'storage-unavailable' }),
    );
    const stores = await openStores(options());
    expect((await stores.products.all()).map(product => product.id)).toEqual(['first', 'last']);
    await stores.close();
  });

  it('refuses an address that is none, before anything is opened', () => {
    expect(() => StorageModule.forRoot({ url: 'mysql://x', snapshotDir: folder })).toThrow(
      'takes sqlite:PATH',
    );
  });

  it('fails at once when the file cannot be opened', async () => {
    const url = 'sqlite:/dev/null/airbind.db';
    const starting = NestFactory.createApplicationContext(
      StorageModule.forRoot({ url, snapshotDir: folder }),
      { logger: false, abortOnError: false },
    );
    await expect(starting).rejects.toThrow();
  });

  const options = () => ({ url: `sqlite:${folder}/airbind.db`, snapshotDir: `${folder}/snapshots` });

  function started() {
    @Module({ imports: [ShelfModule, StorageModule.forRoot(options())] })
    class Root {}
    return NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  }
});
