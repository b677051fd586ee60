// What stands in the database about one period, table by table: some rows of each at a time.
import { Between, type EntityManager, type EntitySchema, In, LessThanOrEqual } from 'typeorm';
import type { ErasedCounts } from '#codecs/api';
import type { PastPeriod } from '#domain/erasure';
import {
  AlarmEntity,
  BucketEntity,
  DeliveryEntity,
  DeviceStateEntity,
  type Dialect,
  entitiesOf,
  FiguresEntity,
  NoticeEntity,
  RuleMemoryEntity,
  SeriesEntity,
} from './entities/index.js';

export type ErasedKind = keyof ErasedCounts;
export type Taken = Partial<ErasedCounts>;
/** How many rows of a kind go at one go. */
export type Most = (kind: ErasedKind) => number;

/** Takes some of it, of one kind; nothing (no counts) when there is none left. */
export type Part = (manager: EntityManager, period: PastPeriod, most: Most) => Promise<Taken>;

/** In this order: an alarm goes after all that names it. */
export const partsOn = (dialect: Dialect): readonly Part[] => [
  measurements,
  events(dialect),
  alarms(dialect),
  states,
  figures,
  deadLetters(dialect),
];

/** A run of buckets of one series; with the last one the series goes. */
async function measurements(
  manager: EntityManager,
  { deviceId, epoch }: PastPeriod,
  most: Most,
): Promise<Taken> {
  const series = await manager.findOne(SeriesEntity, { where: { deviceId, epoch }, order: { id: 'ASC' } });
  if (series === null) return {};
  const [first] = await manager.find(BucketEntity, {
    where: { series: series.id },
    order: { stepMs: 'ASC', start: 'ASC' },
    take: 1,
  });
  if (first === undefined) {
    await manager.delete(SeriesEntity, { id: series.id });
    return { measurements: 0 };
  }
  const run = { series: first.series, stepMs: first.stepMs };
  const [last] = await manager.find(BucketEntity, {
    where: run,
    order: { start: 'ASC' },
    skip: most('measurements') - 1,
    take: 1,
  });
  const where = last === undefined ? run : { ...run, start: LessThanOrEqual(last.start) };
  const { affected } = await manager.delete(BucketEntity, where);
  return { measurements: affected ?? 0 };
}

const events =
  (dialect: Dialect): Part =>
  async (manager, { deviceId, epoch }, most) => {
    const gone = await deleteSome(manager, entitiesOf(dialect).events, { deviceId, epoch }, most('events'));
    return gone === 0 ? {} : { events: gone };
  };

/** Some alarms, after what this person was told about them. What others were told is theirs. */
const alarms =
  (dialect: Dialect): Part =>
  async (manager, { deviceId, epoch, accountId }, most) => {
    const found = await manager.find(AlarmEntity, {
      select: { id: true },
      where: { deviceId, epoch },
      order: { raisedAt: 'ASC' },
      take: most('alarms'),
    });
    const ids = found.map(({ id }) => id);
    if (ids.length === 0) return {};
    const about = { accountId, subjectId: In(ids) };
    const deliveries = await manager.find(DeliveryEntity, {
      select: { id: true },
      where: about,
      take: most('receipts'),
    });
    const receipts = deliveries.map(({ id }) => id);
    if (receipts.length > 0) {
      await manager.delete(entitiesOf(dialect).attempts, { deliveryId: In(receipts) });
      await manager.delete(DeliveryEntity, { id: In(receipts) });
      return { receipts: receipts.length };
    }
    const notices = await deleteSome(manager, NoticeEntity, about, most('notices'));
    if (notices > 0) return { notices };
    await manager.delete(AlarmEntity, { id: In(ids) });
    return { alarms: ids.length };
  };

/** The last state, and what its rules remembered. */
async function states(manager: EntityManager, { deviceId, epoch }: PastPeriod): Promise<Taken> {
  const { affected: known } = await manager.delete(DeviceStateEntity, { deviceId, epoch });
  const { affected: memories } = await manager.delete(RuleMemoryEntity, { deviceId, epoch });
  const gone = (known ?? 0) + (memories ?? 0);
  return gone === 0 ? {} : { states: gone };
}

/** Those that were in force when the time ended are in force still, for safety: of them goes who set them. */
async function figures(
  manager: EntityManager,
  { deviceId, from, to }: PastPeriod,
  most: Most,
): Promise<Taken> {
  const own = await manager.find(FiguresEntity, {
    where: { deviceId, changedAt: Between(from, to - 1) },
    order: { changedAt: 'ASC' },
    take: most('figures') + 1,
  });
  const last = own.pop();
  if (own.length > 0) {
    await manager.delete(FiguresEntity, { deviceId, changedAt: In(own.map(({ changedAt }) => changedAt)) });
    return { figures: own.length };
  }
  if (last === undefined || last.changedBy === nobody) return {};
  await manager.update(FiguresEntity, { deviceId, changedAt: last.changedAt }, { changedBy: nobody });
  return { figures: 1 };
}

/** No account has this id. */
const nobody = '';

/** They have no epoch: those of its time. */
const deadLetters =
  (dialect: Dialect): Part =>
  async (manager, { deviceId, from, to }, most) => {
    const where = { deviceId, at: Between(from, to - 1) };
    const gone = await deleteSome(manager, entitiesOf(dialect).deadLetters, where, most('deadLetters'));
    return gone === 0 ? {} : { deadLetters: gone };
  };

async function deleteSome<T extends { readonly id: string | number }>(
  manager: EntityManager,
  entity: EntitySchema<T>,
  where: object,
  rows: number,
): Promise<number> {
  const found = await manager
    .createQueryBuilder(entity, 'it')
    .select('it.id')
    .where(where)
    .limit(rows)
    .getMany();
  const ids = found.map(({ id }) => id);
  if (ids.length > 0) await manager.delete(entity, ids);
  return ids.length;
}
