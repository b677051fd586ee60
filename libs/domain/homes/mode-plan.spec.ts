// The weekly plan: what it does next on ordinary days and on those when the clocks change, in many zones.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type HomeMode, type ModeSwitch, modePlanSchema } from '#codecs/api';
import { wallTimeAt, weekdayOf } from '#domain/clock';
import { lastSwitch, missedSwitches, modeAt, nextSwitch } from './mode-plan.js';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const at = (time: string, mode: HomeMode = 'night', days = everyDay): ModeSwitch => ({
  days,
  at: time,
  mode,
});
const utc = (text: string) => Date.parse(text);
const nextText = (switches: ModeSwitch[], zone: string, after: string) => {
  const next = nextSwitch(switches, zone, utc(after));
  return next && new Date(next.at).toISOString();
};

describe('the next switch of a plan', () => {
  it('comes at its time by the clocks of the home, on its days', () => {
    const plan = [at('22:30', 'night', [1, 2, 3, 4, 5]), at('07:00', 'home', [6])];
    // A Thursday in Shanghai.
    expect(nextText(plan, 'Asia/Shanghai', '2026-11-19T10:00:00Z')).toBe('2026-11-19T14:30:00.000Z');
    expect(nextText(plan, 'Asia/Shanghai', '2026-11-20T14:30:00Z')).toBe('2026-11-20T23:00:00.000Z');
    expect(nextText(plan, 'Asia/Shanghai', '2026-11-20T23:00:00Z')).toBe('2026-11-23T14:30:00.000Z');
  });

  it('that the clocks leave out comes when they are set forward', () => {
    expect(nextText([at('02:30')], 'Europe/Berlin', '2027-03-27T12:00:00Z')).toBe('2027-03-28T01:00:00.000Z');
    // And by the clocks again the day after.
    expect(nextText([at('02:30')], 'Europe/Berlin', '2027-03-28T01:00:00Z')).toBe('2027-03-29T00:30:00.000Z');
  });

  it('that the clocks show twice comes once, the first time', () => {
    expect(nextText([at('02:30')], 'Europe/Berlin', '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(nextText([at('02:30')], 'Europe/Berlin', '2026-10-25T00:30:00Z')).toBe('2026-10-26T01:30:00.000Z');
  });

  it('is right where the clocks are set by half an hour, at midnight, or by a whole day', () => {
    expect(nextText([at('02:15')], 'Australia/Lord_Howe', '2026-10-03T12:00:00Z')).toBe(
      '2026-10-03T15:30:00.000Z',
    );
    expect(nextText([at('00:30')], 'Africa/Cairo', '2027-04-29T12:00:00Z')).toBe('2027-04-29T22:00:00.000Z');
    expect(nextText([at('12:00')], 'Pacific/Apia', '2011-12-29T23:00:00Z')).toBe('2011-12-30T10:00:00.000Z');
  });

  it('is none of an empty plan', () => {
    expect(nextSwitch([], 'Europe/Berlin', 0)).toBeNull();
    expect(lastSwitch([], 'Europe/Berlin', 0)).toBeNull();
  });
});

/** Days around changes of the clocks, with a few that have none. */
const seams = [
  ['Europe/Berlin', '2027-03-28'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2027-03-14'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2027-04-04'],
  ['Africa/Cairo', '2027-04-30'],
  ['Africa/Cairo', '2026-10-30'],
  ['America/St_Johns', '2027-03-14'],
  ['Asia/Shanghai', '2026-11-21'],
  ['Asia/Kathmandu', '2026-11-21'],
  ['Pacific/Chatham', '2026-09-27'],
  ['Pacific/Apia', '2011-12-30'],
] as const;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const twoDigits = (part: number) => String(part).padStart(2, '0');
const timeOfDay = fc
  .record({ hour: fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.nat(23)), minute: fc.nat(59) })
  .map(({ hour, minute }) => `${twoDigits(hour)}:${twoDigits(minute)}`);
const planOf = fc
  .array(
    fc.record({
      days: fc.uniqueArray(fc.constantFrom(...everyDay), { minLength: 1, maxLength: 7 }),
      at: timeOfDay,
      mode: fc.constantFrom<HomeMode>('home', 'away', 'night'),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .filter(switches => modePlanSchema.safeParse({ switches }).success);

/**
 * By looking at the clock on the wall every minute: a switch comes in the first minute in which the wall shows its time
 * on its day, or later.
 */
function walked(switches: readonly ModeSwitch[], zone: string, from: number, to: number) {
  const moments: { at: number; mode: HomeMode }[] = [];
  const reached = (at: number) => {
    const { day, minute } = wallTimeAt(at, zone);
    return day * 1440 + minute;
  };
  let furthest = reached(from - minuteMs);
  for (let now = from; now <= to; now += minuteMs) {
    const shown = reached(now);
    for (let wall = furthest + 1; wall <= shown; wall++) {
      const [day, minute] = [Math.floor(wall / 1440), wall % 1440];
      const time = `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
      for (const each of switches)
        if (each.at === time && each.days.includes(weekdayOf(day)))
          moments.push({ at: now, mode: each.mode });
    }
    furthest = Math.max(furthest, shown);
  }
  return moments;
}

describe.each(seams)('the plan in %s around %s', (zone, date) => {
  const [from, to] = [utc(`${date}T00:00:00Z`) - dayMs, utc(`${date}T00:00:00Z`) + 1.5 * dayMs];

  it('switches when the clock on the wall says so, once each, forward and backward in time', () => {
    fc.assert(
      fc.property(planOf, switches => {
        const expected = walked(switches, zone, from, to);
        const found = [];
        for (let now = from - 1; ; ) {
          const next = nextSwitch(switches, zone, now);
          if (next === null || next.at > to) break;
          found.push(next.at);
          now = next.at;
        }
        expect(found).toEqual([...new Set(expected.map(each => each.at))]);
        for (const { at: moment } of expected) {
          const together = expected.filter(each => each.at === moment);
          expect(lastSwitch(switches, zone, moment)).toEqual(together.at(-1));
          expect(lastSwitch(switches, zone, moment + minuteMs / 2)).toEqual(together.at(-1));
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('what a plan has missed', () => {
  const plan = { switches: [at('22:00', 'night'), at('07:00', 'home')], setAt: utc('2026-11-01T00:00:00Z') };
  const home = {
    timeZone: 'Europe/Berlin',
    mode: 'home' as HomeMode,
    modeSince: utc('2026-11-20T06:00:00Z'),
  };

  it('is its switch, as of its time', () => {
    const missed = missedSwitches(plan, home, utc('2026-11-21T03:00:00Z'));
    expect(missed).toEqual([{ at: utc('2026-11-20T21:00:00Z'), mode: 'night' }]);
  });

  it('is all of a week away, in order, and each at its own time', () => {
    const missed = missedSwitches(plan, home, utc('2026-11-22T12:00:00Z'));
    expect(missed.map(({ mode }) => mode)).toEqual(['night', 'home', 'night', 'home']);
    expect(missed.at(-1)?.at).toBe(utc('2026-11-22T06:00:00Z'));
    expect(missedSwitches(plan, home, utc('2027-11-22T12:00:00Z')).length).toBeLessThan(20);
  });

  it('is nothing when a person has changed the mode since: that holds until the next switch', () => {
    const changed = { ...home, modeSince: utc('2026-11-20T21:00:01Z') };
    expect(missedSwitches(plan, changed, utc('2026-11-21T03:00:00Z'))).toEqual([]);
    const next = missedSwitches(plan, { ...changed, mode: 'away' }, utc('2026-11-21T06:00:00Z'));
    expect(next).toMatchObject([{ mode: 'home' }]);
  });

  it('is nothing from before it was set, and nothing when the home is so already', () => {
    const now = utc('2026-11-21T03:00:00Z');
    expect(missedSwitches({ ...plan, setAt: utc('2026-11-20T23:00:00Z') }, home, now)).toEqual([]);
    expect(missedSwitches(plan, { ...home, mode: 'night' }, now)).toEqual([]);
  });
});

describe('the mode at a moment', () => {
  it('is the one that held then', () => {
    const present = { mode: 'home', modeSince: 300 } as const;
    const spans = [
      { since: 100, mode: 'away', former: 'night' },
      { since: 300, mode: 'home', former: 'away' },
    ] as const;
    expect([50, 100, 299, 300, 999].map(time => modeAt(present, spans, time).mode)).toEqual([
      'night',
      'away',
      'away',
      'home',
      'home',
    ]);
    expect(modeAt(present, [], 5).mode).toBe('home');
  });
});
