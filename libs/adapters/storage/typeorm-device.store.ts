// Devices by TypeORM.
import { In, IsNull, LessThan, MoreThan } from 'typeorm';
import { MAX_GENERATION } from '#codecs/ticket';
import { type Device, type DeviceCredential, DeviceStore } from '#domain/devices';
import { inChunks } from './chunks.js';
import type { Database } from './database.js';
import { BindingEntity, DeviceEntity } from './entities/index.js';

export class TypeormDeviceStore extends DeviceStore {
  constructor(protected readonly database: Database) {
    super();
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

  async secretsSince(deviceId: string): Promise<number> {
    const binding = await this.database.read(manager => manager.findOneBy(BindingEntity, { deviceId }));
    return binding?.credentialEpoch ?? 0;
  }

  putCredential(id: string, change: Partial<DeviceCredential>): Promise<Device | null> {
    return this.database.write(async manager => {
      await manager.update(DeviceEntity, { id }, change);
      return manager.findOneBy(DeviceEntity, { id });
    });
  }

  replaceSecret(
    { id, secretHash }: Pick<Device, 'id' | 'secretHash'>,
    change: Partial<DeviceCredential>,
  ): Promise<Device | null> {
    return this.database.write(async manager => {
      const where = { id, secretHash: secretHash ?? IsNull(), revokedAt: IsNull() };
      const { affected } = await manager.update(DeviceEntity, where, change);
      return affected === 0 ? null : manager.findOneBy(DeviceEntity, { id });
    });
  }

  putCertificates(fingerprints: ReadonlyMap<string, string>): Promise<void> {
    return this.database.write(async manager => {
      for (const [id, certificateFingerprint] of fingerprints)
        await manager.update(DeviceEntity, { id }, { certificateFingerprint });
    });
  }

  raiseGeneration(id: string): Promise<Device | null> {
    return this.database.write(async manager => {
      const where = { id, generation: LessThan(MAX_GENERATION) };
      const { affected } = await manager.increment(DeviceEntity, where, 'generation', 1);
      return affected === 0 ? null : manager.findOneBy(DeviceEntity, { id });
    });
  }

  count(productId: string): Promise<number> {
    return this.database.read(manager => manager.countBy(DeviceEntity, { productId }));
  }
}
