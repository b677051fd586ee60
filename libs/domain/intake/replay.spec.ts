// A month of a home, decided again from its log: the same alarms, bit for bit; and a changed rule tried on it.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { productSchema, ruleSchema } from '#codecs/api';
import type { UpwardMessage } from '#codecs/wire';
import { type Alarm, alarmState } from '#domain/alarms';
import { registeredBinding } from '#domain/binding';
import { blankState } from '#domain/devices';
import { deviceOf } from '../../adapters/storage/contracts/samples.contract.js';
import { decideInput } from './decide-input.js';
import type { Input } from './input.js';
import type { DeviceFile, InputRow } from './intake.store.js';
import { pastOf } from './past.js';
import { replayLog, tryRule } from './replay.js';
import { detector, minute, start } from './stage.contract.js';
import { isOvertaken } from './stamp-memory.js';

const hour = 60 * minute;
const day = 24 * hour;
const reading = (name: string, unit: string, max: number) => ({
  ...detector.readings[0],
  name,
  unit,
  max,
});
const bit = (name: string) => ({ ...detector.bits[0], name });

const product = productSchema.parse({
  ...detector,
  intervalS: 300,
  readings: [
    reading('gas.lel', '%LEL', 100),
    reading('co.ppm', 'ppm', 1000),
    reading('air.ppm', 'ppm', 50_000),
    reading('battery.percent', '%', 100),
  ],
  bits: ['gas.alarm', 'smoke', 'water', 'door.open', 'lid.open', 'motion', 'fault', 'cold'].map(bit),
  rules: [
    { id: 'leak', kind: 'gas', reading: 'gas.lel', bit: 'gas.alarm', warnAtLel: 6 },
    { id: 'co', kind: 'co', reading: 'co.ppm' },
    { id: 'smoke', kind: 'smoke', bit: 'smoke' },
    { id: 'water', kind: 'water', bit: 'water' },
    { id: 'stale', kind: 'co2', reading: 'air.ppm' },
    { id: 'door', kind: 'left-open', bit: 'door.open' },
    { id: 'thief', kind: 'intrusion', bit: 'door.open' },
    { id: 'lid', kind: 'tamper', bit: 'lid.open' },
    { id: 'motion', kind: 'motion', bit: 'motion' },
    { id: 'battery', kind: 'battery', reading: 'battery.percent' },
    { id: 'fault', kind: 'fault', bit: 'fault' },
    { id: 'cold', kind: 'warm-up', bit: 'cold' },
    { id: 'old', kind: 'end-of-life', afterMonths: 1 },
    { id: 'wrong', kind: 'implausible', reading: 'co.ppm' },
    { id: 'silent', kind: 'silence' },
    { id: 'hour', kind: 'clock' },
  ],
});

const blank: DeviceFile = {
  device: { ...deviceOf(product.id, 1, 1), id: 'd1-1', createdAt: start - 10 * day },
  product,
  binding: { ...registeredBinding('d1-1'), state: 'bound', epoch: 1, homeId: 'home' },
  home: {
    id: 'home',
    ownerId: 'lin',
    name: '家',
    timeZone: 'Asia/Shanghai',
    mode: 'home',
    modeSince: start,
    createdAt: start,
  },
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

/** The device's life as the intake decides it, with a clock that strikes when something is due. */
class Life {
  file = blank;
  now = start;
  readonly log: InputRow[] = [];
  readonly alarms = new Map<string, Alarm>();
  private newest: { boot: number; seq: number } | null = null;

  say(message: UpwardMessage): void {
    const { boot, seq } = message.body as { boot: number; seq: number };
    const isLate = isOvertaken({ boot, seq }, this.newest);
    if (!isLate) this.newest = { boot, seq };
    this.take({ kind: 'message', said: { deviceId: 'd1-1', message, receivedAt: this.now } }, isLate);
  }

  take(input: Input, isLate = false): void {
    const recall = () => pastOf(this.log.filter(row => row.boot !== null).slice(-4096), 1);
    const around = { listeningSince: start, past: isLate ? recall : null, silenceOf: () => null };
    const { files, inputs, told } = decideInput(input, () => this.file, around);
    this.file = files[0] ?? this.file;
    this.log.push(...inputs);
    for (const { change } of told) this.alarms.set(change.alarm.id, change.alarm);
  }

  /** Time passes; what is due on the way is asked a little late, as clocks do. */
  pass(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const times = [
        ...this.file.rules.map(({ dueAt }) => dueAt),
        ...this.file.openAlarms.map(({ repeatAt }) => repeatAt),
      ].filter(at => at !== null);
      const due = Math.min(...times) + 250;
      if (!(due < until)) break;
      this.now = Math.max(this.now, due);
      this.take({ kind: 'tick', deviceId: 'd1-1', at: this.now });
    }
    this.now = until;
  }
}

/** What happens on each day of the month, at its hours. */
function valuesAt(dayOf: number, hourOf: number, minuteOf: number) {
  const is = (days: number, from: number, to = from + 1) =>
    dayOf % 10 === days && hourOf >= from && hourOf < to;
  const values = {
    'gas.lel': is(1, 8) ? 7 + (dayOf > 15 ? 8 : 0) : 1,
    'co.ppm': is(2, 18, 20) ? 90 : is(3, 2, 6) ? 33 : is(4, 7) ? 2000 : (hourOf + minuteOf) % 7,
    'air.ppm': is(5, 22, 24) ? 2300 : is(6, 3) ? 31_000 : 600,
    'battery.percent': Math.max(3, 60 - 2 * dayOf),
  };
  const bits = {
    'gas.alarm': is(1, 9) && minuteOf < 10,
    smoke: is(7, 13) && minuteOf < 20,
    water: is(8, 4) && minuteOf < 30,
    'door.open': is(9, 17) || (is(0, 11) && minuteOf < 20),
    'lid.open': is(9, 12) && minuteOf < 10,
    motion: is(0, 10, 12) && minuteOf % 20 === 4,
    fault: is(4, 12) && minuteOf % 10 === 4,
    cold: is(0, 0) && dayOf === 0,
  };
  return { values, bits };
}

function month(): Life {
  const life = new Life();
  const held: UpwardMessage[] = [];
  for (let seq = 0; seq < (30 * day) / (5 * minute); seq++) {
    life.pass(5 * minute);
    const at = life.now - 700;
    const [dayOf, rest] = [Math.floor((at - start) / day), (at - start) % day];
    const [hourOf, minuteOf] = [Math.floor(rest / hour), Math.floor((rest % hour) / minute)];
    if (minuteOf < 5 && (hourOf === 9 || hourOf === 18)) {
      const mode = hourOf === 9 ? ('away' as const) : ('home' as const);
      const former = life.file.home?.mode ?? mode;
      const change = { mode, former, since: life.now - 300, by: null, at: life.now };
      life.take({ kind: 'mode', homeId: 'home', deviceIds: ['d1-1'], ...change });
    }
    // For an hour its clock is ahead.
    const wrongMs = dayOf === 12 && hourOf === 5 ? 20 * minute : 0;
    const body = { boot: 1, seq, at: at + wrongMs, ...valuesAt(dayOf, hourOf, minuteOf) };
    const message: UpwardMessage = { kind: 'telemetry', body };
    // It is silent for an afternoon, its readings of a night come in the morning, and some are overtaken.
    if (dayOf % 10 === 6 && hourOf >= 14 && hourOf < 16) continue;
    const isHeld = (dayOf % 10 === 2 && hourOf === 18 && minuteOf < 30) || seq % 97 === 0;
    if (isHeld) held.push(message);
    else {
      life.say(message);
      if (minuteOf >= 50) for (const late of held.splice(0)) life.say(late);
    }
    if (hourOf === 20 && minuteOf < 5) people(life);
  }
  return life;
}

/** In the evening somebody has seen everything, and resets what is calm. */
function people(life: Life): void {
  for (const { id, calmAt } of life.file.openAlarms) {
    const act = { deviceId: 'd1-1', alarmId: id, accountId: 'lin', name: 'Lin', at: life.now } as const;
    life.take({ kind: 'comment', text: 'we saw it', ...act });
    life.take({ kind: 'shelve', until: life.now + 5 * minute, ...act });
    life.take({ kind: 'acknowledge', ...act });
    if (calmAt !== null) life.take({ kind: 'reset', ...act });
  }
}

describe('a month of a home', () => {
  let life: Life;

  beforeAll(() => {
    life = month();
  });

  it('raises an alarm of every kind, and ends most of them', () => {
    const alarms = [...life.alarms.values()];
    expect(new Set(alarms.map(({ rule }) => rule))).toEqual(new Set(product.rules.map(({ id }) => id)));
    expect(alarms.filter(alarm => alarmState(alarm) === 'cleared').length).toBeGreaterThan(30);
    expect(alarms.flatMap(({ timeline }) => timeline.map(({ what }) => what))).toEqual(
      expect.arrayContaining(['worse', 'commented', 'shelved', 'acknowledged', 'calm', 'back', 'cleared']),
    );
  });

  it('decided again from its log has the same alarms, bit for bit', () => {
    expect(replayLog(blank, life.log, start)).toEqual([...life.alarms.values()]);
    // As it comes back from a store.
    const stored = JSON.parse(JSON.stringify(life.log)) as InputRow[];
    expect(replayLog(blank, stored, start)).toEqual([...life.alarms.values()]);
  });

  it('decided again without one of its readings has not', () => {
    const smoke = [...life.alarms.values()].find(({ rule }) => rule === 'smoke');
    const without = life.log.filter(({ receivedAt }) => receivedAt !== smoke?.receivedAt);
    expect(replayLog(blank, without, start)).not.toEqual([...life.alarms.values()]);
  });

  it('shows what a changed rule would have found', () => {
    const [gas] = product.rules.filter(({ id }) => id === 'leak');
    if (gas === undefined) throw new Error('there is no such rule');
    const quieter = ruleSchema.parse({ ...gas, warnAtLel: 8 });
    const { lost, gained, same, changed } = tryRule(blank, life.log, { before: gas, after: quieter });
    expect(gained).toEqual([]);
    // The bit still raises on the first two occasions, an hour after the warning did.
    expect(changed.map(({ before, after }) => after.since - before.since)).toContain(hour);
    expect(lost.length + changed.length).toBeGreaterThan(0);
    expect(tryRule(blank, life.log, { before: gas, after: gas })).toMatchObject({
      same: expect.arrayContaining([...same]),
      changed: [],
      lost: [],
      gained: [],
    });
  });

  it('takes no rule of another kind for a change', () => {
    const [gas, co] = product.rules;
    if (gas === undefined || co === undefined) throw new Error('there are no such rules');
    expect(() => tryRule(blank, life.log, { before: gas, after: co })).toThrow(
      expect.objectContaining({ code: 'invalid-request' }),
    );
  });
});
