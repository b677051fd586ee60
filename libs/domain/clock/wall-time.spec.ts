// Wall time over the days on which clocks change.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { minuteOfDay, nextAtMinute, wallTimeAt } from './wall-time.js';

const at = (iso: string) => Date.parse(iso);
const seven = 7 * 60;

describe('wall time', () => {
  it('knows what the clock on the wall shows', () => {
    expect(minuteOfDay(at('2026-01-15T22:30:00Z'), 'Asia/Shanghai')).toBe(6 * 60 + 30);
    expect(minuteOfDay(at('2026-07-15T22:30:00Z'), 'Europe/Berlin')).toBe(30);
  });

  it.each([
    ['an ordinary night', '2026-01-15T23:00:00+01:00', seven, '2026-01-16T07:00:00+01:00'],
    ['the same morning', '2026-01-16T06:59:00+01:00', seven, '2026-01-16T07:00:00+01:00'],
    ['the very minute is over', '2026-01-16T07:00:00+01:00', seven, '2026-01-17T07:00:00+01:00'],
    ['the short night of spring', '2026-03-28T23:00:00+01:00', seven, '2026-03-29T07:00:00+02:00'],
    ['the long night of autumn', '2026-10-24T23:00:00+02:00', seven, '2026-10-25T07:00:00+01:00'],
    ['an hour that is skipped', '2026-03-28T23:00:00+01:00', 2 * 60 + 30, '2026-03-29T03:00:00+02:00'],
    ['an hour that comes twice', '2026-10-24T23:00:00+02:00', 2 * 60 + 30, '2026-10-25T02:30:00+02:00'],
  ])('finds the next morning in Berlin: %s', (_, from, minute, expected) => {
    expect(new Date(nextAtMinute(at(from), minute, 'Europe/Berlin')).toISOString()).toBe(
      new Date(expected).toISOString(),
    );
  });

  it.each([
    'America/St_Johns',
    'Asia/Kathmandu',
    'Pacific/Chatham',
    'Australia/Lord_Howe',
    'Asia/Shanghai',
    'America/Sao_Paulo',
  ])('is never more than 25 hours ahead, and shows the minute that was asked for, in %s', zone => {
    for (let day = 0; day < 400; day++) {
      const from = at('2026-01-01T12:00:00Z') + day * 24 * 3_600_000 + day * 61_000;
      const found = nextAtMinute(from, seven, zone);
      expect(found - from).toBeGreaterThan(0);
      expect(found - from).toBeLessThanOrEqual(25 * 3_600_000);
      expect(minuteOfDay(found, zone)).toBe(seven);
    }
  });

  /** Days around changes of the clocks: by an hour, half an hour, at midnight, and by a whole day. */
  const seams = [
    ['Europe/Berlin', '2027-03-28'],
    ['Europe/Berlin', '2026-10-25'],
    ['America/New_York', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-10-04'],
    ['Australia/Lord_Howe', '2027-04-04'],
    ['Africa/Cairo', '2027-04-30'],
    ['Africa/Cairo', '2026-10-30'],
    ['Pacific/Apia', '2011-12-30'],
    ['Asia/Shanghai', '2026-11-21'],
  ] as const;
  const minuteMs = 60_000;

  /** By looking at the wall every minute: when does it show the minute for the first time on its day, or jump over it? */
  function walked(from: number, wanted: number, zone: string): number {
    const shown = (now: number) => {
      const { day, minute } = wallTimeAt(now, zone);
      return day * 1440 + minute;
    };
    let furthest = shown(from - 26 * 60 * minuteMs);
    for (let now = from - 26 * 60 * minuteMs + minuteMs; ; now += minuteMs) {
      const here = shown(now);
      for (let wall = furthest + 1; wall <= here; wall++)
        if (now > from && wall % 1440 === wanted) return now;
      furthest = Math.max(furthest, here);
    }
  }

  it.each(seams)(
    'in %s around %s is what somebody finds who looks at the clock every minute',
    (zone, date) => {
      const midnight = at(`${date}T00:00:00Z`);
      const around = fc
        .integer({ min: -36 * 60, max: 36 * 60 })
        .map(minutes => midnight + minutes * minuteMs);
      fc.assert(
        fc.property(around, fc.oneof(fc.nat(4 * 60), fc.nat(1439)), (from, minute) => {
          expect(nextAtMinute(from, minute, zone)).toBe(walked(from, minute, zone));
        }),
        { numRuns: 25 },
      );
    },
  );
});
