// A person's devices, and what each recorded while it was theirs; before and after that it is somebody else's.
import { In } from 'typeorm';
import type { LedgerWhat } from '#domain/binding';
import type { Database } from './database.js';
import {
  AlarmEntity,
  BindingEntity,
  DeviceEntity,
  DeviceStateEntity,
  entitiesOf,
  FiguresEntity,
  LedgerRowEntity,
  PlacementEntity,
} from './entities/index.js';
import { pagesOf } from './pages.js';
import { asSeenBy, named, type Records } from './personal-sections.js';

/** With each of these a time of ownership begins. */
export const beginnings: readonly LedgerWhat[] = ['bound', 'transferred', 'recovered'];

interface Ownership {
  readonly deviceId: string;
  readonly epoch: number;
}

export async function* recordsOfDevices(database: Database, accountId: string): Records {
  yield* owned(database, accountId);
  const lines = pagesOf(database, LedgerRowEntity, {
    where: { accountId, what: In(beginnings) },
    key: ['id'],
    fields: ['deviceId', 'epoch'],
  });
  for await (const page of lines)
    for (const ownership of page) {
      yield [named('ownership')(ownership)];
      yield* recorded(database, accountId, ownership);
    }
}

/** What is theirs now, with its place and its figures. */
async function* owned(database: Database, accountId: string): Records {
  const bindings = pagesOf(database, BindingEntity, {
    where: { ownerId: accountId },
    key: ['deviceId'],
    fields: ['deviceId', 'state', 'epoch', 'homeId', 'name'],
  });
  for await (const page of bindings) {
    const ids = page.map(({ deviceId }) => deviceId);
    yield page.map(named('device'));
    const devices = {
      where: { id: In(ids) },
      key: ['id'],
      fields: ['id', 'productId', 'serial', 'mac'],
    } as const;
    for await (const some of pagesOf(database, DeviceEntity, devices)) yield some.map(named('hardware'));
    const places = {
      where: { deviceId: In(ids) },
      key: ['deviceId'],
      fields: ['deviceId', 'roomId'],
    } as const;
    for await (const some of pagesOf(database, PlacementEntity, places)) yield some.map(named('placement'));
    const figures = await database.read(manager => manager.findBy(FiguresEntity, { deviceId: In(ids) }));
    yield figures.map(each => ({
      what: 'figures',
      ...each,
      changedBy: asSeenBy(accountId, each.changedBy),
    }));
  }
}

async function* recorded(database: Database, accountId: string, where: Ownership): Records {
  const state = await database.read(manager => manager.findOneBy(DeviceStateEntity, { ...where }));
  if (state) {
    const { version, ...told } = state;
    yield [{ what: 'state', ...told }];
  }
  yield* alarms(database, accountId, where);
  yield* history(database, where);
}

async function* alarms(database: Database, accountId: string, where: Ownership): Records {
  const found = pagesOf(database, AlarmEntity, {
    where: { ...where },
    key: ['raisedAt', 'id'],
    fields: [
      ...(['id', 'deviceId', 'epoch', 'rule', 'kind', 'class', 'severity', 'isDrill', 'occurrence'] as const),
      ...(['value', 'unit', 'occurredAt', 'receivedAt', 'raisedAt', 'acknowledgedAt'] as const),
      ...(['acknowledgedBy', 'calmAt', 'clearedAt', 'endReason', 'timeline'] as const),
    ],
  });
  for await (const page of found)
    yield page.map(alarm => ({
      what: 'alarm',
      ...alarm,
      acknowledgedBy: asSeenBy(accountId, alarm.acknowledgedBy),
      timeline: alarm.timeline.map(entry => ({ ...entry, by: asSeenBy(accountId, entry.by) })),
    }));
}

/** A line a page, for a month of minutes is 43 000 rows. */
async function* history(database: Database, where: Ownership): Records {
  const { series, buckets, events } = entitiesOf(database.dialect);
  const readings = await database.read(manager => manager.findBy(series, { ...where }));
  for (const { id, reading } of readings) {
    const found = pagesOf(database, buckets, {
      where: { series: id },
      key: ['series', 'stepMs', 'start'],
      fields: ['stepMs', 'start', 'samples', 'total', 'lowest', 'highest'],
    });
    for await (const page of found) yield [{ what: 'measurements', ...where, reading, buckets: page }];
  }
  const reported = pagesOf(database, events, {
    where: { ...where },
    key: ['at', 'id'],
    fields: ['at', 'name', 'state'],
  });
  for await (const page of reported) yield [{ what: 'events', ...where, events: page }];
}
