// Holds which way a reading is said to move.
import { describe, expect, it } from '@jest/globals';
import { trendOf } from './trend.js';

describe('the way of a reading', () => {
  it('is up or down from the value before', () => {
    expect(trendOf(12.5, 18)).toBe('rising');
    expect(trendOf(18, 12.5)).toBe('falling');
    expect(trendOf(-1, 0)).toBe('rising');
  });

  it('is not one for values that are shown alike', () => {
    expect(trendOf(12.31, 12.34)).toBe('steady');
    expect(trendOf(0, 0)).toBe('steady');
  });
});
