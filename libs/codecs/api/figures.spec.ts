// A device's own figures stay within the bounds of its rules and of its region.
import { describe, expect, it } from '@jest/globals';
import { rulesWith, ruleWith } from './figures.js';
import { ruleSchema } from './rule.js';

const gas = ruleSchema.parse({ id: 'gas', kind: 'gas', reading: 'gas.lel' });
const text = { zh: '燃气', en: 'Gas' };
const product = {
  rules: [gas],
  region: 'EN' as const,
  readings: [{ name: 'gas.lel', label: text, unit: '%LEL', min: 0, max: 100 }],
};
const faultOf = (figures: object) => {
  const changed = ruleWith(product, gas, { ...figures });
  return 'faults' in changed ? changed.faults.map(({ field }) => field) : null;
};

describe('the figures of a device', () => {
  it('are its own within the bounds', () => {
    expect(faultOf({ raiseAtLel: 8 })).toBeNull();
    expect(rulesWith(product, { gas: { raiseAtLel: 8 } })).toMatchObject([
      { raiseAtLel: 8, clearAfterS: 300 },
    ]);
  });

  it.each([
    ['outside the bounds of the rule', { clearAfterS: 0 }, 'clearAfterS'],
    ['outside the window of the region', { raiseAtLel: 24 }, 'raiseAtLel'],
    ['what the rule is about', { reading: 'other' }, 'reading'],
    ['another gas, which is another unit', { gas: 'propane' }, 'gas'],
    ['what the rule does not have', { loudness: 3 }, 'loudness'],
  ])('are never %s', (_, figures, field) => {
    expect(faultOf(figures)).toContain(field);
    expect(rulesWith(product, { gas: figures })).toEqual([gas]);
  });
});
