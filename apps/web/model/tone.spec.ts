// Holds how loud each alarm is shown.
import { describe, expect, it } from '@jest/globals';
import { toneOf } from './tone.js';

describe('how loud an alarm is shown', () => {
  it.each([
    ['L', 'raised', 'danger'],
    ['S', 'raised', 'danger'],
    ['T', 'raised', 'warning'],
    ['I', 'raised', 'warning'],
    ['L', 'acknowledged', 'seen'],
    ['S', 'acknowledged', 'warning'],
    ['L', 'latched', 'latched'],
    ['L', 'cleared', 'over'],
  ] as const)('class %s, %s: %s', (alarmClass, state, tone) => {
    expect(toneOf({ class: alarmClass, state })).toBe(tone);
  });
});
