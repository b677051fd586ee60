// Endpoints by TypeORM, and what became of the last attempt to reach each.
import { type EntityManager, In } from 'typeorm';
import { type Endpoint, EndpointStore, type EndpointUpdate, type LastReceipt } from '#domain/notices';
import type { Database } from './database.js';
import { ContactEntity, DeliveryEntity, EndpointEntity } from './entities/index.js';
import { endpointRemoved } from './intake-shapes.js';
import { oneAtATime } from './one-at-a-time.js';

const oldestFirst = { createdAt: 'ASC', id: 'ASC' } as const;

export class TypeormEndpointStore extends EndpointStore {
  constructor(private readonly database: Database) {
    super();
  }

  insert(endpoint: Endpoint, atMost = Number.POSITIVE_INFINITY): Promise<boolean> {
    const { accountId } = endpoint;
    return this.database.write(async manager => {
      if (accountId !== null) {
        await oneAtATime(this.database, manager, `endpoints of ${accountId}`);
        if ((await manager.countBy(EndpointEntity, { accountId })) >= atMost) return false;
      }
      await manager.insert(EndpointEntity, endpoint);
      return true;
    });
  }

  byId(id: string): Promise<Endpoint | null> {
    return this.database.read(manager => manager.findOneBy(EndpointEntity, { id }));
  }

  ofAccount(accountId: string): Promise<Endpoint[]> {
    return this.database.read(manager =>
      manager.find(EndpointEntity, { where: { accountId }, order: oldestFirst }),
    );
  }

  ofHome(homeId: string): Promise<Endpoint[]> {
    return this.database.read(async manager => {
      const contacts = await manager.findBy(ContactEntity, { homeId });
      const contactId = In(contacts.map(({ id }) => id));
      return manager.find(EndpointEntity, { where: { contactId }, order: oldestFirst });
    });
  }

  async change(id: string, change: EndpointUpdate): Promise<void> {
    await this.database.write(manager => manager.update(EndpointEntity, { id }, change));
  }

  remove(id: string): Promise<boolean> {
    return this.database.write(async manager => (await removeEndpoints(manager, [id])) === 1);
  }

  async lastReceipts(endpointIds: readonly string[]): Promise<LastReceipt[]> {
    if (endpointIds.length === 0) return [];
    return this.database.read(async manager => {
      const last = await manager
        .createQueryBuilder(DeliveryEntity, 'delivery')
        .where('delivery.endpointId IN (:...endpointIds) AND delivery.attemptedAt IS NOT NULL', {
          endpointIds,
        })
        .andWhere(
          `NOT EXISTS (SELECT 1 FROM deliveries later WHERE later.endpoint_id = delivery.endpoint_id
          AND (later.attempted_at > delivery.attempted_at
            OR (later.attempted_at = delivery.attempted_at AND later.id > delivery.id)))`,
        )
        .getMany();
      const accepted: { endpointId: string; at: string | number }[] = await manager
        .createQueryBuilder(DeliveryEntity, 'delivery')
        .select('delivery.endpointId', 'endpointId')
        .addSelect('max(delivery.attemptedAt)', 'at')
        .where("delivery.endpointId IN (:...endpointIds) AND delivery.state = 'accepted'", { endpointIds })
        .groupBy('delivery.endpointId')
        .getRawMany();
      const acceptedAt = new Map(accepted.map(({ endpointId, at }) => [endpointId, Number(at)]));
      return last.map(({ endpointId, attemptedAt, state }) => ({
        endpointId,
        at: Number(attemptedAt),
        outcome: state === 'due' ? 'retry' : state,
        acceptedAt: acceptedAt.get(endpointId) ?? null,
      }));
    });
  }
}

/** What is due on them is cancelled. @returns how many there were */
export async function removeEndpoints(manager: EntityManager, ids: readonly string[]): Promise<number> {
  const { affected } = await manager.delete(EndpointEntity, { id: In([...ids]) });
  await manager.update(
    DeliveryEntity,
    { endpointId: In([...ids]), state: In(['due', 'held']) },
    { state: 'cancelled', detail: endpointRemoved, settledAt: Date.now(), leaseUntil: null },
  );
  return affected ?? 0;
}
