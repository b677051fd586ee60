// Products by TypeORM.
import type { Product } from '#codecs/api';
import { type ProductChange, ProductStore, sinceEver } from '#domain/devices';
import type { Database } from './database.js';
import { BatchEntity, ProductChangeEntity, ProductEntity } from './entities/index.js';

export class TypeormProductStore extends ProductStore {
  constructor(private readonly database: Database) {
    super();
  }

  async all(): Promise<Product[]> {
    const rows = await this.database.read(manager => manager.find(ProductEntity, { order: { id: 'ASC' } }));
    return rows.map(row => row.definition);
  }

  async byId(id: string): Promise<Product | null> {
    const row = await this.database.read(manager => manager.findOneBy(ProductEntity, { id }));
    return row?.definition ?? null;
  }

  async put(definition: Product, { at, by } = sinceEver): Promise<void> {
    const { id } = definition;
    await this.database.write(async manager => {
      await manager.upsert(ProductEntity, { id, definition }, ['id']);
      await manager.upsert(ProductChangeEntity, { productId: id, at, by, definition }, ['productId', 'at']);
    });
  }

  changes(productId: string): Promise<ProductChange[]> {
    return this.database.read(manager =>
      manager.find(ProductChangeEntity, { where: { productId }, order: { at: 'ASC' } }),
    );
  }

  drop(id: string): Promise<boolean> {
    return this.database.write(async manager => {
      if (await manager.existsBy(BatchEntity, { productId: id })) return false;
      await manager.delete(ProductEntity, { id });
      await manager.delete(ProductChangeEntity, { productId: id });
      return true;
    });
  }
}
