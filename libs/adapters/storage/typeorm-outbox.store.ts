// The outbox by TypeORM: leasing what is due in its order, and settling what was attempted.
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import {
  type Attempt,
  type Candidate,
  type Delivery,
  type LeasedDelivery,
  type LeaseTerms,
  OutboxStore,
  type Settlement,
} from '#domain/notices';
import type { Database } from './database.js';
import {
  type AttemptRow,
  DeliveryEntity,
  type DeliveryRow,
  EndpointEntity,
  entitiesOf,
  NoticeEntity,
} from './entities/index.js';
import { Gathering } from './gathering.js';
import { zonesOf } from './notice-zones.js';
import { settle } from './settling.js';

/** The earliest unsettled delivery of its subject to its endpoint, and of its bundle: the only one whose turn it can be. */
const heads = `FROM deliveries d WHERE d.state = 'due'
  AND EXISTS (SELECT 1 FROM endpoints e WHERE e.id = d.endpoint_id)
  AND NOT EXISTS (SELECT 1 FROM deliveries earlier WHERE earlier.state = 'due'
    AND earlier.endpoint_id = d.endpoint_id AND earlier.subject_id = d.subject_id AND earlier.counter < d.counter)
  AND (d.bundle IS NULL OR NOT EXISTS (SELECT 1 FROM deliveries earlier WHERE earlier.state = 'due'
    AND earlier.bundle = d.bundle AND earlier.counter < d.counter))`;

/** Looked at for each that is leased, so that those of somebody who may have no more do not hide the others. */
const candidatesEach = 4;

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
      for (const { delivery, settlement, now } of settled)
        await settle(manager, this.attemptEntity, delivery, settlement, now);
    }),
  );

  private readonly attemptEntity;

  constructor(private readonly database: Database) {
    super();
    this.attemptEntity = entitiesOf(database.dialect).attempts;
  }

  lease(now: number, leaseMs: number, limit: number, terms: LeaseTerms = {}): Promise<LeasedDelivery[]> {
    const leaseUntil = now + leaseMs;
    return this.database.writeUnsynced(async manager => {
      const found = await this.candidates(manager, now, limit * candidatesEach, terms);
      const { admits = () => true } = terms;
      const chosen: (Candidate & Bundled)[] = [];
      for (const candidate of found) {
        if (chosen.length >= limit) break;
        if (admits(candidate)) chosen.push(candidate);
      }
      if (chosen.length === 0) return [];
      const ids = [...chosen.map(({ id }) => id), ...(await this.bundled(manager, chosen, now))];
      await manager.update(DeliveryEntity, { id: In(ids) }, { leaseUntil });
      return leasedOf(manager, ids, leaseUntil);
    });
  }

  settle(delivery: LeasedDelivery, settlement: Settlement, now: number): Promise<void> {
    return this.settlements.join({ delivery, settlement, now });
  }

  /** A SQLite file has one process. */
  async takeBack(): Promise<void> {
    if (this.database.dialect !== 'sqlite') return;
    const leased = { state: 'due', leaseUntil: Not(IsNull()) } as const;
    await this.database.write(manager => manager.update(DeliveryEntity, leased, { leaseUntil: null }));
  }

  due(): Promise<number> {
    return this.database.read(manager => manager.countBy(DeliveryEntity, { state: 'due' }));
  }

  /** A leased one counts from the end of its lease, one behind another not at all: the caller sleeps until then. */
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

  async attempts(accountId: string, subjectId: string): Promise<ReadonlyMap<string, readonly Attempt[]>> {
    const rows: AttemptRow[] = await this.database.read(manager =>
      manager
        .createQueryBuilder(this.attemptEntity, 'attempt')
        .innerJoin(DeliveryEntity.options.name, 'delivery', 'delivery.id = attempt.deliveryId')
        .where('delivery.accountId = :accountId AND delivery.subjectId = :subjectId', {
          accountId,
          subjectId,
        })
        .orderBy('attempt.id', 'ASC')
        .getMany(),
    );
    const byDelivery = new Map<string, Attempt[]>();
    for (const { id: _, deliveryId, ...attempt } of rows)
      byDelivery.set(deliveryId, [...(byDelivery.get(deliveryId) ?? []), attempt]);
    return byDelivery;
  }

  async dead(limit: number): Promise<Delivery[]> {
    const rows = await this.database.read(manager =>
      manager.find(DeliveryEntity, {
        where: { state: In(['dead', 'refused']) },
        order: { settledAt: 'DESC', id: 'ASC' },
        take: limit,
      }),
    );
    return rows.map(deliveryOf);
  }

  /** In one statement, since after a long outage there may be more of them than one takes parameters. */
  async replay(ids: readonly string[] | null, now: number): Promise<number> {
    const again = { state: 'due', dueAt: now, attempts: 0, settledAt: null, leaseUntil: null } as const;
    const { affected } = await this.database.write(manager =>
      manager
        .createQueryBuilder()
        .update(DeliveryEntity)
        .set(again)
        .where({ state: In(['dead', 'refused']), ...(ids !== null && { id: In([...ids]) }) })
        .andWhere('EXISTS (SELECT 1 FROM endpoints e WHERE e.id = deliveries.endpoint_id)')
        .execute(),
    );
    return affected ?? 0;
  }

  private candidates(
    manager: EntityManager,
    now: number,
    limit: number,
    { urgent, without }: LeaseTerms,
  ): Promise<(Candidate & Bundled)[]> {
    // SQLite has one writer, whose turn this is.
    const passingOthers = this.database.dialect === 'postgres' ? 'FOR UPDATE OF d SKIP LOCKED' : '';
    const ofClass = urgent === undefined ? '' : `AND d.class ${urgent ? '=' : '<>'} 'L'`;
    // An empty list is no list to SQL; nobody's id is empty.
    const listed = (ids: readonly string[] = []) => ['', ...ids];
    return manager.sql`
      SELECT d.id, d.account_id AS "accountId", d.endpoint_id AS "endpointId", d.channel, d.class, d.bundle
      ${() => heads} ${() => ofClass}
      AND d.due_at <= ${now} AND (d.lease_until IS NULL OR d.lease_until <= ${now})
      AND d.endpoint_id NOT IN (${() => listed(without?.endpointIds)})
      AND d.account_id NOT IN (${() => listed(without?.accountIds)})
      AND d.channel NOT IN (${() => listed(without?.channels)})
      ORDER BY d.due_at, d.counter LIMIT ${limit} ${() => passingOthers}`;
  }

  /** The others of their bundles: nobody else can have them, because only the first of a bundle is a candidate. */
  private async bundled(
    manager: EntityManager,
    chosen: readonly (Candidate & Bundled)[],
    now: number,
  ): Promise<string[]> {
    const bundles = chosen.flatMap(({ bundle }) => bundle ?? []);
    if (bundles.length === 0) return [];
    const rows = await manager.find(DeliveryEntity, {
      select: { id: true, dueAt: true },
      where: { state: 'due', bundle: In(bundles) },
    });
    const leaders = new Set(chosen.map(({ id }) => id));
    return rows.filter(({ id, dueAt }) => dueAt <= now && !leaders.has(id)).map(({ id }) => id);
  }
}

interface Bundled {
  readonly bundle: string | null;
}

async function leasedOf(
  manager: EntityManager,
  ids: readonly string[],
  leaseUntil: number,
): Promise<LeasedDelivery[]> {
  const rows = await manager.find(DeliveryEntity, {
    where: { id: In([...ids]) },
    order: { dueAt: 'ASC', counter: 'ASC' },
  });
  const notices = await manager.findBy(NoticeEntity, { id: In(rows.map(row => row.noticeId)) });
  const endpoints = await manager.findBy(EndpointEntity, { id: In(rows.map(row => row.endpointId)) });
  const zones = await zonesOf(manager, notices);
  return rows.flatMap(row => {
    const notice = notices.find(each => each.id === row.noticeId);
    const endpoint = endpoints.find(each => each.id === row.endpointId);
    return notice && endpoint
      ? { ...deliveryOf(row), leaseUntil, notice, endpoint, timeZone: zones.get(notice.id) ?? null }
      : [];
  });
}

function deliveryOf({ counter, leaseUntil, attemptedAt, ...delivery }: DeliveryRow): Delivery {
  return delivery;
}
