// Holds the times in messages to the clocks of the home that they are about, in both languages.
import { describe, expect, it } from '@jest/globals';
import type { Locale } from '#codecs/api';
import { sendingTo } from './testing/delivery.js';
import { Wordings } from './wording.js';

const wordings = new Wordings({ href: 'https://gas.example', isChosen: true });
const sending = sendingTo('mail', { address: 'lin@people.example', secret: '' });

/** 2023-11-14 22:13:20 UTC, told to somebody who reads this language. */
const timeFor = (locale: Locale, timeZone: string | null) =>
  wordings.of({ ...sending, endpoint: { ...sending.endpoint, locale }, timeZone }).time;

describe('the time in a message', () => {
  it.each([
    ['zh', 'Asia/Shanghai', /2023年11月15日.*06:13:20/, /GMT\+8/],
    ['en', 'Asia/Shanghai', /^Nov 15, 2023, 6:13:20.AM/, /GMT\+8/],
    ['zh', 'Europe/Berlin', /2023年11月14日.*23:13:20/, /GMT\+1/],
    ['en', 'America/New_York', /^Nov 14, 2023, 5:13:20.PM/, /EST/],
  ] as const)('is that of the home, with the name of its zone: %s, %s', (locale, zone, time, name) => {
    expect(timeFor(locale, zone)).toMatch(time);
    expect(timeFor(locale, zone)).toMatch(name);
  });

  it.each(['zh', 'en'] as const)('is the gateway’s for what is about no home: %s', locale => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    expect(timeFor(locale, null)).toBe(timeFor(locale, timeZone));
  });
});
