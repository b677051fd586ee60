// Wall time over the days on which clocks change.
import { describe, expect, it } from '@jest/globals';
import { minuteOfDay, nextAtMinute } from './wall-time.js';

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
    ['an hour that is skipped', '2026-03-28T23:00:00+01:00', 2 * 60 + 30, '2026-03-29T03:30:00+02:00'],
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
});
