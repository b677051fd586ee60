// Loading the files of many devices: a fixed number of queries over one snapshot, whatever the number of devices.

import { rulesWith } from '#codecs/api';
import type { Binding } from '#domain/binding';
import { blankState } from '#domain/devices';
import { type DeviceFile, joined, modesReachMs, type StampRange } from '#domain/intake';
import { type Grant, membersOf } from '#domain/sharing';
import type { Dialect } from './entities/index.js';
import { type IntakeShapes, recentStamps } from './intake-shapes.js';
import { contactsOf, recipientsOf } from './recipient-rows.js';
import type { RawRow, RecordShape } from './record-shape.js';
import { groupBy } from './row-groups.js';

/** Each takes the device ids as its only parameter: a JSON array named `asked` on SQLite, an array on PostgreSQL. */
export function deviceFileQueries(dialect: Dialect) {
  const asked = dialect === 'sqlite' ? 'SELECT value FROM json_each(@asked)' : 'SELECT unnest($1::text[])';
  const present = (table: string) =>
    `SELECT t.* FROM ${table} t JOIN bindings b ON b.device_id = t.device_id AND b.epoch = t.epoch
     WHERE t.device_id IN (${asked})`;
  // Not by the index of owners, which would be to look at all devices that have none: a factory's whole output.
  const anyWithoutOwner = `EXISTS (SELECT 1 FROM bindings WHERE COALESCE(owner_id, '') = '' AND device_id IN (${asked}))`;
  const subjects = `SELECT device_id FROM bindings WHERE device_id IN (${asked})
    UNION SELECT home_id FROM bindings WHERE device_id IN (${asked})`;
  const people = `SELECT owner_id FROM bindings WHERE device_id IN (${asked})
    UNION SELECT account_id FROM grants WHERE subject_id IN (${subjects})
    UNION SELECT id FROM accounts WHERE role = 'operator' AND ${anyWithoutOwner}`;
  return {
    devices: `SELECT * FROM devices WHERE id IN (${asked})`,
    products: `SELECT * FROM products
      WHERE id IN (SELECT product_id FROM devices WHERE id IN (${asked}))`,
    figures: `SELECT * FROM device_figures WHERE device_id IN (${asked}) ORDER BY changed_at`,
    bindings: `SELECT * FROM bindings WHERE device_id IN (${asked})`,
    homes: `SELECT * FROM homes WHERE id IN (SELECT home_id FROM bindings WHERE device_id IN (${asked}))`,
    // What a late reading may have to know: a day and an hour back from the present mode.
    modes: `SELECT m.* FROM mode_changes m JOIN homes h ON h.id = m.home_id
      WHERE m.since >= h.mode_since - ${modesReachMs}
        AND h.id IN (SELECT home_id FROM bindings WHERE device_id IN (${asked})) ORDER BY m.since`,
    rooms: `SELECT p.device_id, p.room_id FROM placements p JOIN rooms r ON r.id = p.room_id
      JOIN bindings b ON b.device_id = p.device_id AND b.home_id = r.home_id WHERE p.device_id IN (${asked})`,
    grants: `SELECT * FROM grants WHERE subject_id IN (${subjects}) ORDER BY since, id`,
    states: present('device_states'),
    memories: present('rule_memories'),
    openAlarms: `SELECT * FROM alarms WHERE cleared_at IS NULL AND device_id IN (${asked}) ORDER BY raised_at, id`,
    operators: `SELECT id FROM accounts WHERE role = 'operator' AND ${anyWithoutOwner} ORDER BY id`,
    endpoints: `SELECT * FROM endpoints WHERE confirmed_at IS NOT NULL AND account_id IN (${people}) ORDER BY created_at, id`,
    preferences: `SELECT * FROM notice_preferences WHERE account_id IN (${people})`,
    contacts: `SELECT e.*, c.home_id FROM endpoints e JOIN contacts c ON c.id = e.contact_id
      WHERE e.confirmed_at IS NOT NULL
      AND c.home_id IN (SELECT home_id FROM bindings WHERE device_id IN (${asked})) ORDER BY c.created_at, c.id, e.created_at, e.id`,
    stamps:
      dialect === 'sqlite'
        ? `SELECT s.device_id, s.boot, s.first, s.last FROM json_each(@asked) asked JOIN stamp_ranges s
            ON s.device_id = asked.value AND (s.boot, s.first) IN (
              SELECT boot, first FROM stamp_ranges WHERE device_id = asked.value
              ORDER BY newest_id DESC LIMIT ${recentStamps}) ORDER BY s.newest_id`
        : `SELECT i.device_id, i.boot, i.seq AS first, i.seq AS last FROM unnest($1::text[]) AS asked(id) CROSS JOIN LATERAL (
            SELECT id, device_id, boot, seq FROM inputs WHERE device_id = asked.id AND boot IS NOT NULL
            ORDER BY id DESC LIMIT ${recentStamps}) i ORDER BY i.id`,
  };
}

export type DeviceFileRows = Readonly<Record<keyof ReturnType<typeof deviceFileQueries>, readonly RawRow[]>>;

export function deviceFilesOf(shapes: IntakeShapes, rows: DeviceFileRows): DeviceFile[] {
  const products = shapes.definitions.of(rows.products);
  const homes = byId(shapes.homes, rows.homes);
  const figures = grouped(shapes.deviceFigures, rows.figures);
  const modes = groupBy(
    rows.modes.map(row => shapes.modeChanges.toValue(row)),
    change => change.homeId,
  );
  const bindings = grouped(shapes.bindings, rows.bindings);
  const states = grouped(shapes.deviceStates, rows.states);
  const memories = grouped(shapes.ruleMemories, rows.memories);
  const alarms = grouped(shapes.alarms, rows.openAlarms);
  const rooms = new Map(rows.rooms.map(row => [String(row.device_id), String(row.room_id)]));
  const grants = groupBy(
    rows.grants.map(row => shapes.grants.toValue(row)),
    grant => grant.subjectId,
  );
  const stamps = groupBy(rows.stamps, row => row.device_id);
  const recipients = recipientsOf(shapes, rows);
  const contacts = contactsOf(shapes, rows);

  return rows.devices.flatMap(row => {
    const device = shapes.devices.toValue(row);
    const product = products.get(device.productId);
    const binding = bindings.get(device.id)?.[0];
    if (!product || !binding) return [];
    const own = figures.get(device.id)?.at(-1);
    const members = membersOf(binding, grantsOn(grants, binding));
    return {
      device,
      product: own === undefined ? product : { ...product, rules: rulesWith(product, own.figures) },
      binding,
      home: (binding.homeId !== null && homes.get(binding.homeId)) || null,
      modes: (modes.get(binding.homeId ?? '') ?? []).map(({ since, mode, former }) => ({
        since,
        mode,
        former,
      })),
      recipients: recipients(binding.ownerId, members),
      members,
      roomId: rooms.get(device.id) ?? null,
      contacts: contacts(binding.homeId),
      state: states.get(device.id)?.[0] ?? blankState(device.id, binding.epoch),
      rules: memories.get(device.id) ?? [],
      openAlarms: alarms.get(device.id) ?? [],
      recentStamps: joined((stamps.get(device.id) ?? []).map(rangeOf)),
    };
  });
}

const rangeOf = ({ boot, first, last }: RawRow): StampRange => ({
  boot: Number(boot),
  first: Number(first),
  last: Number(last),
});

function grantsOn(
  grants: ReadonlyMap<string, readonly Grant[]>,
  { deviceId, homeId }: Binding,
): readonly Grant[] {
  return [deviceId, ...(homeId === null ? [] : [homeId])].flatMap(subject => grants.get(subject) ?? []);
}

function byId<T extends { readonly id: string }>(shape: RecordShape<T>, rows: readonly RawRow[]) {
  return new Map(rows.map(row => shape.toValue(row)).map(value => [value.id, value]));
}

function grouped<T extends { readonly deviceId: string }>(shape: RecordShape<T>, rows: readonly RawRow[]) {
  return groupBy(
    rows.map(row => shape.toValue(row)),
    value => value.deviceId,
  );
}
