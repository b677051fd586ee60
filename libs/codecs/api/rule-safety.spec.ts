// A rule that is less safe than the standard, or means nothing, is refused with a sentence.
import { describe, expect, it } from '@jest/globals';
import { productSchema } from './product.js';

const text = { zh: '探测器', en: 'Detector' };

function faults(rule: object, unit: string, region = 'EN'): string[] {
  const read = productSchema.safeParse({
    id: 'detector',
    name: text,
    icon: 'gas',
    readings: [{ name: 'level', label: text, unit, min: 0, max: 1000 }],
    bits: [],
    commands: [],
    intervalS: 60,
    power: 'mains',
    region,
    safetyClass: 'L',
    bindingPolicy: 'button',
    rules: [{ id: 'rule', reading: 'level', ...rule }],
    page: { about: text },
  });
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
}

const points = (at50: number, at100: number, at300: number) => [
  { ppm: 50, afterS: at50 * 60 },
  { ppm: 100, afterS: at100 * 60 },
  { ppm: 300, afterS: at300 * 60 },
];

describe('a product', () => {
  it.each([
    ['with the defaults', {}],
    ['that is sooner than the standard asks', { points: points(60, 10, 1) }],
    ['at the very end of each window', { points: points(90, 40, 3) }],
  ])('whose CO rule is one %s is taken', (_, rule) => {
    expect(faults({ kind: 'co', ...rule }, 'ppm')).toEqual([]);
  });

  it.each([
    [points(91, 40, 3), '50 ppm within 90 minutes'],
    [points(90, 41, 3), '100 ppm within 40 minutes'],
    [points(90, 40, 3.1), '300 ppm within 3 minutes'],
    [points(90, 40, 3).slice(1), '50 ppm within 90 minutes'],
  ])('whose CO rule is later than its region allows is refused: %j', (late, sentence) => {
    const [fault, ...others] = faults({ kind: 'co', points: late }, 'ppm');
    expect(others).toEqual([]);
    expect(fault).toMatch(/^rules\.0\.points would not alarm at /);
    expect(fault).toContain(`${sentence}, as region EN demands (EN 50291-1 table 1)`);
  });

  it('is measured by its own region', () => {
    const american = [
      { ppm: 70, afterS: 200 * 60 },
      { ppm: 150, afterS: 40 * 60 },
      { ppm: 400, afterS: 10 * 60 },
    ];
    expect(faults({ kind: 'co', points: american }, 'ppm', 'UL')).toEqual([]);
    expect(faults({ kind: 'co', points: american }, 'ppm', 'EN')).toHaveLength(3);
  });

  it('whose curve does not fall is refused', () => {
    expect(faults({ kind: 'co', points: points(10, 20, 1) }, 'ppm')[0]).toContain('the time falls');
    expect(faults({ kind: 'co', clearBelowPpm: 31 }, 'ppm')).toHaveLength(1);
  });

  it.each([
    ['%LEL', undefined, true],
    ['ppm', 'methane', true],
    ['%vol', 'propane', true],
    ['ppm', undefined, false],
    ['%vol', undefined, false],
    ['mg/m3', 'methane', false],
  ])('that measures gas in %s of %s is taken: %s', (unit, gas, isTaken) => {
    expect(faults({ kind: 'gas', ...(gas && { gas }) }, unit).length === 0).toBe(isTaken);
  });

  it('says what is missing when the gas has no name', () => {
    expect(faults({ kind: 'gas' }, 'ppm')).toEqual([
      'rules.0.gas must name the gas that level measures in ppm: how much of it explodes depends on it',
    ]);
  });

  it.each([
    ['EN', 3, true],
    ['EN', 21, false],
    ['GB', 4, false],
    ['GB', 25, true],
    ['UL', 25, true],
  ])('of region %s may raise at %d %%LEL: %s', (region, raiseAtLel, isTaken) => {
    const rule = { kind: 'gas', raiseAtLel, clearBelowLel: 2 };
    expect(faults(rule, '%LEL', region).length === 0).toBe(isTaken);
  });

  it('whose CO or CO2 is not in ppm is refused', () => {
    expect(faults({ kind: 'co' }, 'mg/m3')).toHaveLength(1);
    expect(faults({ kind: 'co2' }, '%vol')).toHaveLength(1);
    expect(faults({ kind: 'battery' }, 'V')).toHaveLength(1);
  });
});
