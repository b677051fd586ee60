// Readings that come late, out of order or twice lead to the same doses and occurrences as in order.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { productSchema } from '#codecs/api';
import type { UpwardMessage } from '#codecs/wire';
import type { Alarm } from '#domain/alarms';
import { registeredBinding } from '#domain/binding';
import { blankState } from '#domain/devices';
import { deviceOf } from '../../adapters/storage/contracts/samples.contract.js';
import { decideInput } from './decide-input.js';
import { decideMessage } from './decide-message.js';
import type { Effects } from './effects.js';
import { memoryOf } from './inquiry.js';
import type { DeviceFile, InputRow } from './intake.store.js';
import { pastOf } from './past.js';
import { detector, minute, start } from './stage.contract.js';
import { isOvertaken } from './stamp-memory.js';

const ordered = ['co', 'leak', 'stale', 'smoke', 'water', 'door', 'tamper'];

const product = productSchema.parse({
  ...detector,
  readings: [
    ...detector.readings,
    { ...detector.readings[0], name: 'co.ppm', unit: 'ppm', max: 1000 },
    { ...detector.readings[0], name: 'air.ppm', unit: 'ppm', max: 50_000 },
  ],
  rules: [
    { id: 'co', kind: 'co', reading: 'co.ppm', bit: 'gas.alarm' },
    { id: 'leak', kind: 'gas', reading: 'gas.lel', bit: 'gas.alarm', warnAtLel: 6 },
    { id: 'stale', kind: 'co2', reading: 'air.ppm' },
    { id: 'smoke', kind: 'smoke', bit: 'gas.alarm' },
    { id: 'water', kind: 'water', bit: 'gas.alarm' },
    { id: 'door', kind: 'left-open', bit: 'door.open' },
    { id: 'tamper', kind: 'tamper', bit: 'door.open' },
    { id: 'silent', kind: 'silence' },
  ],
});

const around = { listeningSince: start, silenceOf: () => null };

/** A device and its log, without a store: what is decided is what the intake decides. */
class Told {
  file: DeviceFile = {
    device: { ...deviceOf(product.id, 1, 1), id: 'd1-1', createdAt: start },
    product,
    binding: { ...registeredBinding('d1-1'), state: 'bound', epoch: 1 },
    home: null,
    modes: [],
    recipients: [],
    members: [],
    roomId: null,
    contacts: [],
    state: blankState('d1-1', 1),
    rules: [],
    openAlarms: [],
    recentStamps: [],
  };
  readonly log: InputRow[] = [];
  readonly alarms = new Map<string, Alarm>();
  private newest: { boot: number; seq: number } | null = null;

  hear({ message, stamp }: Said, receivedAt: number): void {
    if (this.log.some(row => row.seq === stamp.seq)) return;
    const isLate = isOvertaken(stamp, this.newest);
    if (!isLate) this.newest = stamp;
    const said = { deviceId: 'd1-1', message, receivedAt };
    const past = isLate ? () => pastOf(this.log, 1) : null;
    this.take(decideMessage(this.file, said, { ...around, past }));
  }

  /** The clock of the gateway, by which rules are asked that see nothing. */
  strike(at: number): void {
    this.take(
      decideInput({ kind: 'tick', deviceId: 'd1-1', at }, () => this.file, { ...around, past: null }),
    );
  }

  private take({ files, inputs, told }: Effects): void {
    this.file = files[0] ?? this.file;
    this.log.push(...inputs.filter(({ seq }) => seq !== null));
    for (const { change } of told) this.alarms.set(change.alarm.id, change.alarm);
  }

  /** What the rules remember of the air and the doors, without the marks that they can go back to. */
  get memories() {
    return product.rules
      .filter(({ id }) => ordered.includes(id))
      .map(rule => {
        const { state } = memoryOf(this.file, rule);
        return [rule.id, (state as { readonly state: unknown }).state];
      });
  }

  occurrences(rule: string): Alarm[] {
    return [...this.alarms.values()].filter(alarm => alarm.rule === rule);
  }
}

interface Said {
  readonly stamp: { readonly boot: number; readonly seq: number };
  readonly at: number;
  readonly message: UpwardMessage;
}

const reading = fc.record({
  values: fc.record(
    {
      'co.ppm': fc.constantFrom(0, 20, 35, 60, 120, 310, 700),
      'gas.lel': fc.constantFrom(0, 4, 7, 12),
      'air.ppm': fc.constantFrom(500, 900, 1200, 2500, 31_000),
    },
    { requiredKeys: [] },
  ),
  bits: fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    fc.record({ 'door.open': fc.boolean(), 'gas.alarm': fc.boolean() }, { requiredKeys: [] }),
  ),
});

const story = fc
  .array(
    fc.record({
      reading,
      gapMs: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 1, max: 2 * minute }) },
        fc.constantFrom(10 * minute, 3 * 60 * minute),
      ),
    }),
    { minLength: 3, maxLength: 40 },
  )
  .map(moments => {
    let at = start;
    return moments.map(({ reading: { values, bits }, gapMs }, seq): Said => {
      at += gapMs;
      const stamp = { boot: 1, seq };
      return {
        at,
        stamp,
        message: { kind: 'telemetry', body: { ...stamp, at, values, bits } } as UpwardMessage,
      };
    });
  })
  .filter(said => (said.at(-1)?.at ?? 0) - start < 23 * 60 * minute);

const inOrder = (said: readonly Said[]): Told => {
  const told = new Told();
  for (const one of said) told.hear(one, one.at);
  return told;
};

describe('readings that come late, out of order or twice', () => {
  it('leave every rule with the memory that it would have had in order', () => {
    let moved = 0;
    fc.assert(
      fc.property(story, fc.infiniteStream(fc.nat(6)), (said, delays) => {
        const arrival = said
          .map(one => ({ one, place: one.stamp.seq + (delays.next().value ?? 0) }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        const told = new Told();
        let now = start;
        for (const one of arrival) {
          now = Math.max(now, one.at);
          told.hear(one, now);
          // A device that got no answer says it again.
          told.hear(one, now);
        }
        moved += arrival.filter((one, i) => one.stamp.seq !== i).length;
        expect(told.memories).toEqual(inOrder(said).memories);
      }),
      { numRuns: 300 },
    );
    expect(moved).toBeGreaterThan(100);
  });

  it('lead to every occurrence that there would have been, which began no later', () => {
    let found = 0;
    fc.assert(
      fc.property(story, fc.infiniteStream(fc.boolean()), (said, isHeld) => {
        const last = said.length - 1;
        const held = said.filter((_, i) => i < last && isHeld.next().value === true);
        const told = new Told();
        for (const one of said) if (!held.includes(one)) told.hear(one, one.at);
        const now = said.at(-1)?.at ?? start;
        for (const one of held.toReversed()) told.hear(one, now);
        for (const rule of ordered) {
          for (const alarm of inOrder(said).occurrences(rule)) {
            const same = told
              .occurrences(rule)
              .filter(
                ({ occurredAt, clearedAt }) =>
                  occurredAt <= alarm.occurredAt && (clearedAt === null || clearedAt >= alarm.occurredAt),
              );
            expect({ rule, occurredAt: alarm.occurredAt, told: same.length > 0 }).toMatchObject({
              told: true,
            });
            found++;
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(found).toBeGreaterThan(100);
  });

  const at = (minutes: number) => start + minutes * minute;
  const co = (seq: number, minutes: number, ppm: number, isTimed = true): Said => {
    const stamp = { boot: 1, seq };
    const time = isTimed ? { at: at(minutes) } : {};
    const body = { ...stamp, ...time, values: { 'co.ppm': ppm } };
    return { at: at(minutes), stamp, message: { kind: 'telemetry', body } as UpwardMessage };
  };

  it('raise what was missed, with when it occurred, and say that it is over', () => {
    const told = new Told();
    const quiet = (seq: number) => co(seq, seq, 0);
    for (const seq of [0, 1, 5, 6, 7, 8, 9, 10, 11, 12]) told.hear(quiet(seq), at(seq));
    expect(told.occurrences('co')).toEqual([]);
    for (const seq of [2, 3, 4]) told.hear(co(seq, seq, 310), at(20));
    const [alarm, ...others] = told.occurrences('co');
    expect(others).toEqual([]);
    expect(alarm).toMatchObject({ severity: 'emergency', raisedAt: at(20), calmAt: at(20), clearedAt: null });
    expect((alarm?.occurredAt ?? 0) - at(2)).toBeGreaterThan(minute);
    expect((alarm?.occurredAt ?? 0) - at(2)).toBeLessThan(2 * minute);
  });

  it('correct the beginning of what was told, and take nothing back', () => {
    const told = new Told();
    for (const seq of [0, 4, 5, 6, 7, 8]) told.hear(co(seq, seq, 200), at(seq));
    const before = told.occurrences('co')[0]?.occurredAt ?? 0;
    for (const seq of [1, 2, 3]) told.hear(co(seq, seq, 200), at(9));
    const [alarm] = told.occurrences('co');
    expect(alarm?.occurredAt).toBeLessThan(before);
    expect(alarm?.timeline.map(({ what }) => what)).toEqual(['raised', 'corrected']);
    told.hear(co(9, 9, 200), at(9));
    expect(told.occurrences('co')).toHaveLength(1);
  });

  it('correct the beginning of what the clock told after the last reading', () => {
    const told = new Told();
    told.hear(co(1, 1, 310), at(1));
    told.strike(at(4));
    const before = told.occurrences('co')[0]?.occurredAt ?? 0;
    told.hear(co(0, 0.8, 310), at(5));
    const [alarm, ...others] = told.occurrences('co');
    expect(others).toEqual([]);
    expect(alarm?.occurredAt).toBe(before - 0.2 * minute);
  });

  it('that disprove what was told do not end it: that takes clean air', () => {
    const told = new Told();
    told.hear(co(0, 0, 310), at(0));
    told.hear(co(2, 2, 310), at(2));
    expect(told.occurrences('co')).toMatchObject([{ calmAt: null }]);
    told.hear(co(1, 0.1, 0), at(3));
    expect(told.occurrences('co')).toMatchObject([{ calmAt: null, clearedAt: null }]);
  });

  it('have no place without a time of their own, and change nothing', () => {
    const told = new Told();
    told.hear(co(0, 0, 0), at(0));
    told.hear(co(9, 9, 0), at(9));
    const { memories } = told;
    told.hear(co(5, 10, 700, false), at(10));
    told.hear(co(6, 10, 700, false), at(10));
    expect(told.memories).toEqual(memories);
    expect(told.occurrences('co')).toEqual([]);
  });

  it('that are more than a day late go into the history alone', () => {
    const told = new Told();
    told.hear(co(0, 0, 0), at(0));
    told.hear(co(9, 60 * 26, 0), at(60 * 26));
    const { memories } = told;
    for (const seq of [1, 2, 3, 4]) told.hear(co(seq, seq, 700), at(60 * 26));
    expect(told.memories).toEqual(memories);
    expect(told.log).toHaveLength(6);
  });
});
