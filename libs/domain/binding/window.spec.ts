// An action at the device counts from when it was done, however late it arrives.
import { describe, expect, it } from '@jest/globals';
import { windowEnd, windowMs } from './window.js';

const receivedAt = 1_763_700_000_000;
const second = 1000;

describe('a press of the button', () => {
  it.each([
    { said: 'just now', saidAt: receivedAt, leftMs: windowMs },
    { said: 'half a minute ago', saidAt: receivedAt - 30 * second, leftMs: windowMs - 30 * second },
    { said: 'a moment under two minutes ago', saidAt: receivedAt - windowMs + 1, leftMs: 1 },
  ])('that was done $said counts for the rest of its two minutes', ({ saidAt, leftMs }) => {
    expect(windowEnd(windowMs, saidAt, receivedAt)).toBe(receivedAt + leftMs);
  });

  it.each([windowMs, 60 * 60 * second, 3 * 24 * 60 * 60 * second])(
    'that the device kept for %d ms opens nothing',
    ageMs => {
      expect(windowEnd(windowMs, receivedAt - ageMs, receivedAt)).toBeNull();
    },
  );

  it.each([
    { clock: 'no clock', saidAt: undefined },
    { clock: 'a clock that is ahead', saidAt: receivedAt + 60 * second },
  ])('of a device with $clock counts from its arrival', ({ saidAt }) => {
    expect(windowEnd(windowMs, saidAt, receivedAt)).toBe(receivedAt + windowMs);
  });
});
