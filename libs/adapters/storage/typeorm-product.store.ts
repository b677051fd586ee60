// Products by TypeORM.
import type { Product } from '#codecs/api';
import { ProductStore } from '#domain/devices';
import type { Database } from './database.js';
import { BatchEntity, ProductEntity } from './entities/index.js';

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

  async put(product: Product): Promise<void> {
    const row = { id: product.id, definition: product };
    await this.database.write(manager => manager.upsert(ProductEntity, row, ['id']));
  }

  drop(id: string): Promise<boolean> {
    return this.database.write(async manager => {
      if (await manager.existsBy(BatchEntity, { productId: id })) return false;
      await manager.delete(ProductEntity, { id });
      return true;
    });
  }
}
