// Devices and batches by TypeORM.
import { In, MoreThan } from 'typeorm';
import { registeredBinding } from '#domain/binding';
import { type Batch, type Device, type DeviceCredential, DeviceStore } from '#domain/devices';
import { inChunks } from './chunks.js';
import type { Database } from './database.js';
import { BatchEntity, BindingEntity, DeviceEntity } from './entities/index.js';

export class TypeormDeviceStore extends DeviceStore {
  constructor(protected readonly database: Database) {
    super();
  }

  insertBatch(
    draft: Omit<Batch, 'id'>,
    devicesOf: (batchId: number) => readonly Device[],
  ): Promise<{ batch: Batch; devices: readonly Device[] }> {
    return this.database.write(async manager => {
      const { identifiers } = await manager.insert(BatchEntity, { ...draft });
      const batch: Batch = { ...draft, id: Number(identifiers[0]?.id) };
      const devices = devicesOf(batch.id);
      for (const chunk of inChunks(devices)) {
        await manager.insert(DeviceEntity, chunk);
        await manager.insert(
          BindingEntity,
          chunk.map(device => registeredBinding(device.id)),
        );
      }
      return { batch, devices };
    });
  }

  batches(): Promise<Batch[]> {
    return this.database.read(manager => manager.find(BatchEntity, { order: { id: 'ASC' } }));
  }

  byId(id: string): Promise<Device | null> {
    return this.database.read(manager => manager.findOneBy(DeviceEntity, { id }));
  }

  async byIds(ids: readonly string[]): Promise<Device[]> {
    const found: Device[] = [];
    for (const chunk of inChunks(ids))
      found.push(...(await this.database.read(manager => manager.findBy(DeviceEntity, { id: In(chunk) }))));
    return found;
  }

  byNumber(batch: number, number: number): Promise<Device | null> {
    return this.database.read(manager => manager.findOneBy(DeviceEntity, { batch, number }));
  }

  childrenOf(parentId: string): Promise<Device[]> {
    return this.database.read(manager =>
      manager.find(DeviceEntity, { where: { parentId }, order: { id: 'ASC' } }),
    );
  }

  page(after: string | null, limit: number): Promise<Device[]> {
    return this.database.read(manager =>
      manager.find(DeviceEntity, {
        ...(after !== null && { where: { id: MoreThan(after) } }),
        order: { id: 'ASC' },
        take: limit,
      }),
    );
  }

  putCredential(id: string, change: Partial<DeviceCredential>): Promise<Device | null> {
    return this.database.write(async manager => {
      await manager.update(DeviceEntity, { id }, change);
      return manager.findOneBy(DeviceEntity, { id });
    });
  }

  count(productId: string): Promise<number> {
    return this.database.read(manager => manager.countBy(DeviceEntity, { productId }));
  }
}
