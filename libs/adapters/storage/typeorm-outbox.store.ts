// The outbox by TypeORM: leasing what is due in its order, and settling what was attempted.
import { type EntityManager, In } from 'typeorm';
import { type Delivery, type LeasedDelivery, OutboxStore, type Settlement } from '#domain/notices';
import type { Database } from './database.js';
import { DeliveryEntity, type DeliveryRow, EndpointEntity, NoticeEntity } from './entities/index.js';
import { Gathering } from './gathering.js';
import { removeEndpoints } from './typeorm-endpoint.store.js';

/** The earliest unsettled delivery of its alarm to its endpoint: the only one whose turn it can be. */
const heads = `FROM deliveries d WHERE d.state = 'due'
  AND EXISTS (SELECT 1 FROM endpoints e WHERE e.id = d.endpoint_id)
  AND NOT EXISTS (SELECT 1 FROM deliveries earlier WHERE earlier.state = 'due'
    AND earlier.endpoint_id = d.endpoint_id AND earlier.subject_id = d.subject_id AND earlier.counter < d.counter)`;

interface Settled {
  readonly delivery: LeasedDelivery;
  readonly settlement: Settlement;
  readonly now: number;
}

/**
 * What it writes need not be on the disk at once: lost in a power cut, a notice goes out once more with the same id,
 * and no notice that is due waits for others' fsyncs.
 */
export class TypeormOutboxStore extends OutboxStore {
  /** One transaction for all attempts that ended meanwhile: many people are told of one thing at the same time. */
  private readonly settlements = new Gathering<Settled>(settled =>
    this.database.writeUnsynced(async manager => {
      for (const each of settled) await record(manager, each);
    }),
  );

  constructor(private readonly database: Database) {
    super();
  }

  lease(now: number, leaseMs: number, limit: number): Promise<LeasedDelivery[]> {
    // SQLite has one writer, whose turn this is.
    const passingOthers = this.database.dialect === 'postgres' ? 'FOR UPDATE OF d SKIP LOCKED' : '';
    const leaseUntil = now + leaseMs;
    return this.database.writeUnsynced(async manager => {
      const free: { id: string }[] = await manager.sql`
        SELECT d.id ${() => heads} AND d.due_at <= ${now} AND (d.lease_until IS NULL OR d.lease_until <= ${now})
        ORDER BY d.due_at, d.counter LIMIT ${limit} ${() => passingOthers}`;
      if (free.length === 0) return [];
      const found = { id: In(free.map(row => row.id)) };
      await manager.update(DeliveryEntity, found, { leaseUntil });
      const rows = await manager.find(DeliveryEntity, {
        where: found,
        order: { dueAt: 'ASC', counter: 'ASC' },
      });
      const notices = await manager.findBy(NoticeEntity, { id: In(rows.map(row => row.noticeId)) });
      const endpoints = await manager.findBy(EndpointEntity, { id: In(rows.map(row => row.endpointId)) });
      return rows.flatMap(row => {
        const notice = notices.find(each => each.id === row.noticeId);
        const endpoint = endpoints.find(each => each.id === row.endpointId);
        return notice && endpoint ? { ...deliveryOf(row), leaseUntil, notice, endpoint } : [];
      });
    });
  }

  settle(delivery: LeasedDelivery, settlement: Settlement, now: number): Promise<void> {
    return this.settlements.join({ delivery, settlement, now });
  }

  /** A leased one counts from the end of its lease, one behind another not at all: the caller sleeps until then. */
  due(): Promise<number> {
    return this.database.read(manager => manager.countBy(DeliveryEntity, { state: 'due' }));
  }

  async nextDueAt(): Promise<number | null> {
    const [row]: { at: string | number | null }[] = await this.database.read(manager =>
      manager.query(
        `SELECT min(CASE WHEN d.lease_until > d.due_at THEN d.lease_until ELSE d.due_at END) AS at ${heads}`,
      ),
    );
    return row === undefined || row.at === null ? null : Number(row.at);
  }

  async ofAlarm(accountId: string, subjectId: string): Promise<Delivery[]> {
    const rows = await this.database.read(manager =>
      manager.find(DeliveryEntity, {
        where: { accountId, subjectId },
        order: { counter: 'ASC', id: 'ASC' },
      }),
    );
    return rows.map(deliveryOf);
  }
}

async function record(manager: EntityManager, { delivery, settlement, now }: Settled): Promise<void> {
  const held = { id: delivery.id, state: 'due', leaseUntil: delivery.leaseUntil } as const;
  const isDue = settlement.state === 'due';
  await manager.update(DeliveryEntity, held, {
    state: settlement.state,
    detail: settlement.detail,
    dueAt: isDue ? settlement.dueAt : delivery.dueAt,
    settledAt: isDue ? null : now,
    attempts: () => 'attempts + 1',
    attemptedAt: now,
    leaseUntil: null,
  });
  if (settlement.state === 'refused' && settlement.endpointIsGone) {
    await removeEndpoints(manager, [delivery.endpointId]);
  }
}

function deliveryOf({ counter, leaseUntil, attemptedAt, ...delivery }: DeliveryRow): Delivery {
  return delivery;
}
