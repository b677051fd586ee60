// Batches by TypeORM.
import { type FindOperator, In, IsNull, MoreThan } from 'typeorm';
import { registeredBinding } from '#domain/binding';
import {
  type Added,
  type Batch,
  BatchStore,
  type Device,
  type ExportPlace,
  type IssuedSecret,
} from '#domain/devices';
import { inChunks } from './chunks.js';
import type { Database } from './database.js';
import { BatchEntity, BindingEntity, DeviceEntity } from './entities/index.js';
import { isUniqueViolation } from './storage-failure.js';

export class TypeormBatchStore extends BatchStore {
  constructor(protected readonly database: Database) {
    super();
  }

  open(draft: Omit<Batch, 'id'>): Promise<Batch> {
    const { name } = draft;
    return this.database.write(async manager => {
      // TypeORM writes the number into what it is given.
      const row = { ...draft };
      if (name === null) {
        const { identifiers } = await manager.insert(BatchEntity, row);
        return { ...draft, id: Number(identifiers[0]?.id) };
      }
      await manager.createQueryBuilder().insert().into(BatchEntity).values(row).orIgnore().execute();
      return manager.findOneByOrFail(BatchEntity, { name });
    });
  }

  all(): Promise<Batch[]> {
    return this.database.read(manager => manager.find(BatchEntity, { order: { id: 'ASC' } }));
  }

  byId(id: number): Promise<Batch | null> {
    return this.database.read(manager => manager.findOneBy(BatchEntity, { id }));
  }

  byName(name: string): Promise<Batch | null> {
    return this.database.read(manager => manager.findOneBy(BatchEntity, { name }));
  }

  async add(id: number, after: number, devices: readonly Device[]): Promise<Added> {
    return addedUnlessTaken(() =>
      this.database.write(async manager => {
        const { affected } = await manager.update(
          BatchEntity,
          { id, made: after },
          { made: after + devices.length },
        );
        if (affected === 0) return 'overtaken';
        for (const chunk of inChunks(devices)) {
          await manager.insert(DeviceEntity, chunk);
          await manager.insert(
            BindingEntity,
            chunk.map(device => registeredBinding(device.id)),
          );
        }
        return 'added';
      }),
    );
  }

  devices(batch: number, after: number, limit: number): Promise<Device[]> {
    return this.database.read(manager =>
      manager.find(DeviceEntity, {
        where: { batch, number: MoreThan(after) },
        order: { number: 'ASC' },
        take: limit,
      }),
    );
  }

  taken(serials: readonly string[], macs: readonly string[]): Promise<Pick<Device, 'serial' | 'mac'>[]> {
    return this.database.read(manager =>
      manager.find(DeviceEntity, {
        select: { serial: true, mac: true },
        where: [{ serial: In(serials) }, { mac: In(macs) }],
      }),
    );
  }

  async moveExport(id: number, before: ExportPlace, next: ExportPlace): Promise<boolean> {
    const { exported, exportedReceipt, issued, issuedReceipt } = next;
    return this.database.write(async manager => {
      const { affected } = await manager.update(
        BatchEntity,
        {
          id,
          exportedReceipt: equal(before.exportedReceipt),
          issuedReceipt: equal(before.issuedReceipt),
          confirmedAt: IsNull(),
        },
        { exported, exportedReceipt, issued, issuedReceipt },
      );
      return affected !== 0;
    });
  }

  putSecrets(batch: number, receipt: string, secrets: readonly IssuedSecret[]): Promise<boolean> {
    return this.database.write(async manager => {
      // Written, not only read: on PostgreSQL another export waits here until this slice is whole.
      const { affected } = await manager.update(
        BatchEntity,
        { id: batch, issuedReceipt: receipt },
        { issuedReceipt: receipt },
      );
      if (affected === 0) return false;
      for (const { number, secretHash } of secrets) {
        await manager.update(DeviceEntity, { batch, number }, { secretHash });
      }
      return true;
    });
  }

  async confirm(id: number, confirmedAt: number): Promise<void> {
    await this.database.write(manager =>
      manager.update(BatchEntity, { id }, { confirmedAt, exportedReceipt: null, issuedReceipt: null }),
    );
  }
}

/** What a slice that breaks a promise of uniqueness means. */
export async function addedUnlessTaken(write: () => Promise<Added>): Promise<Added> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) return 'taken';
    throw error;
  }
}

const equal = (text: string | null): string | FindOperator<string> => text ?? IsNull();
