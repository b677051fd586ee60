// Bindings and their ledger by TypeORM.
import { In, IsNull, Not } from 'typeorm';
import { type Binding, BindingStore, type LedgerRow } from '#domain/binding';
import { inChunks } from './chunks.js';
import type { Database } from './database.js';
import { BindingEntity, LedgerRowEntity } from './entities/index.js';

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
