// Presence by what the gateway heard; its own absence is nobody's silence.
import { describe, expect, it } from '@jest/globals';
import { offlineAt, presenceOf } from './presence.js';

const now = 1_763_700_000_000;
const intervalS = 60;
const patienceMs = 150_000;
const longAgo = now - 1_000_000;

describe('a device', () => {
  it.each([
    { what: 'was never heard', heard: null, since: longAgo, state: 'waiting' },
    { what: 'was heard just now', heard: now, since: longAgo, state: 'online' },
    { what: 'is within patience', heard: now - patienceMs + 1, since: longAgo, state: 'online' },
    { what: 'is past patience', heard: now - patienceMs, since: longAgo, state: 'offline' },
    { what: 'is past it, but the gateway has just started', heard: longAgo, since: now, state: 'unknown' },
    {
      what: 'is past it, and the gateway has nearly waited long enough',
      heard: longAgo,
      since: now - patienceMs + 1,
      state: 'unknown',
    },
    {
      what: 'is past it since the gateway listens',
      heard: longAgo,
      since: now - patienceMs,
      state: 'offline',
    },
  ])('that $what is $state', ({ heard, since, state }) => {
    expect(presenceOf(heard, intervalS, since, now)).toEqual({ state, lastHeardAt: heard });
  });

  it.each([longAgo, now - 10_000])(
    'is called offline at the very moment foretold (listening since %d)',
    since => {
      const heard = now - 20_000;
      const at = offlineAt(heard, intervalS, since);
      expect(presenceOf(heard, intervalS, since, at - 1).state).not.toBe('offline');
      expect(presenceOf(heard, intervalS, since, at).state).toBe('offline');
    },
  );
});
