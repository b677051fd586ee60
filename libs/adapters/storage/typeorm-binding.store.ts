// Bindings and their ledger by TypeORM.
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { type Binding, type BindingChange, BindingStore, type LedgerRow } from '#domain/binding';
import { remainsOf } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { inChunks } from './chunks.js';
import type { Database } from './database.js';
import { BindingEntity, DeviceEntity, entitiesOf, HomeEntity, LedgerRowEntity } from './entities/index.js';
import { noteLine } from './erasure-lines.js';
import { locked } from './locked.js';

export class TypeormBindingStore extends BindingStore {
  constructor(private readonly database: Database) {
    super();
  }

  byDevice(deviceId: string): Promise<Binding | null> {
    return this.database.read(manager => manager.findOneBy(BindingEntity, { deviceId }));
  }

  async byDevices(deviceIds: readonly string[]): Promise<Binding[]> {
    const found: Binding[] = [];
    for (const chunk of inChunks(deviceIds))
      found.push(
        ...(await this.database.read(manager => manager.findBy(BindingEntity, { deviceId: In(chunk) }))),
      );
    return found;
  }

  ofOwner(accountId: string): Promise<Binding[]> {
    return this.database.read(manager =>
      manager.find(BindingEntity, {
        where: { ownerId: accountId },
        order: { deviceId: 'ASC' },
      }),
    );
  }

  inHome(homeId: string): Promise<Binding[]> {
    return this.database.read(manager =>
      manager.find(BindingEntity, { where: { homeId }, order: { deviceId: 'ASC' } }),
    );
  }

  recovering(): Promise<Binding[]> {
    return this.database.read(manager =>
      manager.find(BindingEntity, { where: { recovery: Not(IsNull()) }, order: { deviceId: 'ASC' } }),
    );
  }

  compareAndSet({ next, ledger }: BindingChange): Promise<boolean> {
    return this.database.write(async manager => {
      const { deviceId, ...change } = next;
      const stored = { deviceId, version: next.version - 1 };
      const before = await manager.findOneBy(BindingEntity, stored);
      if (before !== null) await this.#requireHome(manager, next, before);
      const { affected } = await manager.update(BindingEntity, stored, change);
      if (affected !== 1 || before === null) return false;
      if (before.epoch !== next.epoch) await this.forget(manager, deviceId);
      for (const row of ledger) await noteLine(manager, row);
      return true;
    });
  }

  /** A home that is being removed is no place for a device. @throws DomainError `not-found`. */
  async #requireHome(manager: EntityManager, { homeId }: Binding, before: Binding): Promise<void> {
    if (homeId === null || homeId === before.homeId) return;
    const where = { id: homeId };
    const home = await manager.findOne(HomeEntity, { where, ...locked(this.database, 'for_key_share') });
    if (home === null) throw new DomainError('not-found');
  }

  private async forget(manager: EntityManager, deviceId: string): Promise<void> {
    const device = await manager.findOneBy(DeviceEntity, { id: deviceId });
    if (device === null) return;
    const { retainedMessages, queuedMessages } = entitiesOf(this.database.dialect);
    const { topics, clientIds } = remainsOf(device);
    await manager.delete(retainedMessages, { topic: In(topics) });
    await manager.delete(queuedMessages, { clientId: In(clientIds), topic: In(topics) });
  }

  async note(row: LedgerRow): Promise<void> {
    await this.database.write(manager => manager.insert(LedgerRowEntity, { ...row }));
  }

  async ledger(deviceId: string, limit: number): Promise<LedgerRow[]> {
    const rows = await this.database.read(manager =>
      manager.find(LedgerRowEntity, {
        where: { deviceId },
        order: { id: 'DESC' },
        take: limit,
      }),
    );
    return rows.map(({ id, ...row }) => row);
  }
}
