// Endpoints by TypeORM, and what became of the last attempt to reach each.
import { type Endpoint, EndpointStore } from '#domain/notices';
import type { Database } from './database.js';
import { DeliveryEntity, EndpointEntity } from './entities/index.js';
import { endpointRemoved } from './intake-shapes.js';

export class TypeormEndpointStore extends EndpointStore {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(endpoint: Endpoint): Promise<void> {
    await this.database.write(manager => manager.insert(EndpointEntity, endpoint));
  }

  ofAccount(accountId: string): Promise<Endpoint[]> {
    return this.database.read(manager =>
      manager.find(EndpointEntity, {
        where: { accountId },
        order: { createdAt: 'ASC', id: 'ASC' },
      }),
    );
  }

  remove(id: string, accountId: string): Promise<boolean> {
    return this.database.write(async manager => {
      const { affected } = await manager.delete(EndpointEntity, { id, accountId });
      if (affected !== 1) return false;
      const due = { endpointId: id, state: 'due' } as const;
      await manager.update(DeliveryEntity, due, {
        state: 'cancelled',
        detail: endpointRemoved,
        settledAt: Date.now(),
        leaseUntil: null,
      });
      return true;
    });
  }

  async lastReceipts(accountId: string): Promise<{ endpointId: string; at: number; outcome: string }[]> {
    const rows = await this.database.read(manager =>
      manager
        .createQueryBuilder(DeliveryEntity, 'delivery')
        .innerJoin(EndpointEntity.options.name, 'endpoint', 'endpoint.id = delivery.endpointId')
        .where('endpoint.accountId = :accountId AND delivery.attemptedAt IS NOT NULL', { accountId })
        .andWhere(
          `NOT EXISTS (SELECT 1 FROM deliveries later WHERE later.endpoint_id = delivery.endpoint_id
          AND (later.attempted_at > delivery.attempted_at
            OR (later.attempted_at = delivery.attempted_at AND later.id > delivery.id)))`,
        )
        .getMany(),
    );
    return rows.map(({ endpointId, attemptedAt, state }) => ({
      endpointId,
      at: Number(attemptedAt),
      outcome: state === 'due' ? 'retry' : state,
    }));
  }
}
