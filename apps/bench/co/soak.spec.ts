// The CO rule beside two integrators that know nothing of it: a slice of `npm run soak:co`.
import { describe, expect, it } from '@jest/globals';
import { closedFormOn, minutesToAlarm } from './closed-form.js';
import { millisecondsOn } from './millisecond.js';
import { soakCo } from './soak.js';

describe('the dose of carbon monoxide', () => {
  it('is that of a closed form on 2000 random courses, of which many alarm and many do not', () => {
    const report = soakCo(2000, 1, closedFormOn);
    expect(report).toMatchObject({ courses: 2000, disagreements: [] });
    expect(report.alarms).toBeGreaterThan(300);
    expect(report.alarms).toBeLessThan(1700);
  });

  it('is that of steps of one millisecond', () => {
    expect(soakCo(4, 1, millisecondsOn).disagreements).toEqual([]);
  });

  it('would be found wrong, were the curve another one', () => {
    const flatter = (course: Parameters<typeof closedFormOn>[0]) =>
      closedFormOn(course.map(sample => ({ ...sample, ppm: sample.ppm * 1.001 })));
    expect(soakCo(200, 1, flatter).disagreements.length).toBeGreaterThan(0);
  });

  it('has a curve through the points of EN 50291-1', () => {
    expect([50, 100, 300].map(ppm => Math.round(minutesToAlarm(ppm) * 1e6) / 1e6)).toEqual([75, 25, 2]);
  });
});
