// What a person's wishes come to: which channels in which order, and what waits until when.
import { describe, expect, it } from '@jest/globals';
import type { AlarmClass, NoticePreferences } from '#codecs/api';
import { orderFor, usualPreferences, waitsUntil } from './preferences.js';

const at = (iso: string) => Date.parse(iso);
const night = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
const wishes = (change: Partial<NoticePreferences>): NoticePreferences => ({
  ...usualPreferences,
  ...change,
});
const late = at('2026-03-28T23:30:00+01:00');
const morning = at('2026-03-29T07:00:00+02:00');

describe('a person’s order of channels', () => {
  it('is the usual one for who has said nothing: what rings in a pocket first', () => {
    expect(orderFor(usualPreferences, 'T')[0]).toContain('web-push');
    expect(orderFor(usualPreferences, 'T').at(-1)).toEqual(['mail']);
  });

  it('leaves out what is left out, but never for life safety', () => {
    const only = wishes({ channels: { T: [], L: ['mail'] } });
    expect(orderFor(only, 'T')).toEqual([]);
    expect(orderFor(only, 'L')[0]).toEqual(['mail']);
    expect(orderFor(only, 'L').flat().sort()).toEqual(orderFor(usualPreferences, 'L').flat().sort());
  });
});

describe('quiet hours and digests', () => {
  it.each<[AlarmClass, number | null]>([
    ['L', null],
    ['S', null],
    ['T', morning],
    ['I', morning],
  ])('let class %s wait until %s over the short night of spring', (of, until) => {
    expect(waitsUntil(wishes({ quiet: night }), of, late)).toBe(until);
  });

  it('let nothing wait by day, and end on the minute', () => {
    for (const time of [
      '2026-03-28T21:59:59+01:00',
      '2026-03-29T07:00:00+02:00',
      '2026-03-29T12:00:00+02:00',
    ])
      expect(waitsUntil(wishes({ quiet: night }), 'T', at(time))).toBeNull();
    const noon = { from: '12:00', to: '14:00', timeZone: 'Europe/Berlin' };
    expect(waitsUntil(wishes({ quiet: noon }), 'T', at('2026-01-10T13:00:00+01:00'))).toBe(
      at('2026-01-10T14:00:00+01:00'),
    );
  });

  it('gather a day into the hour of the digest', () => {
    const digest = { at: '08:00', timeZone: 'Asia/Shanghai' };
    expect(waitsUntil(wishes({ digest }), 'I', at('2026-01-10T09:00:00+08:00'))).toBe(
      at('2026-01-11T08:00:00+08:00'),
    );
    expect(waitsUntil(wishes({ digest }), 'L', late)).toBeNull();
  });
});
