// Holds where a reading stands on its scale.
import { describe, expect, it } from '@jest/globals';
import { type Rule, ruleSchema } from '#codecs/api';
import { gaugeOf } from './gauge.js';

const label = { zh: '读数', en: 'Reading' };
const gas = { name: 'gas.lel', label, unit: '%LEL', min: 0, max: 100 };
const gasRule = ruleSchema.parse({ id: 'gas', kind: 'gas', reading: 'gas.lel', raiseAtLel: 10 });
const coRule = ruleSchema.parse({ id: 'co', kind: 'co', reading: 'co.ppm' });

const ruledBy = (rule: Rule) => ({ rules: [rule], region: 'EN' as const });

describe('the scale of a reading', () => {
  it('has the threshold in its middle, so that what matters can be seen', () => {
    expect(gaugeOf(gas, ruledBy(gasRule), 5)).toEqual({ fill: 0.25, mark: 0.5, threshold: 10, over: false });
  });

  it('is over from the threshold itself', () => {
    expect(gaugeOf(gas, ruledBy(gasRule), 9.9).over).toBe(false);
    expect(gaugeOf(gas, ruledBy(gasRule), 10).over).toBe(true);
  });

  it('is full and no more when the value leaves it', () => {
    expect(gaugeOf(gas, ruledBy(gasRule), 80).fill).toBe(1);
    expect(gaugeOf(gas, ruledBy(gasRule), -3).fill).toBe(0);
  });

  it('takes the lowest step of a rule that has several', () => {
    const co = { ...gas, name: 'co.ppm', unit: 'ppm', max: 1000 };
    expect(gaugeOf(co, ruledBy(coRule), 0).threshold).toBe(50);
  });

  it('spans the whole range where no rule watches', () => {
    expect(gaugeOf(gas, ruledBy(coRule), 50)).toEqual({
      fill: 0.5,
      mark: null,
      threshold: null,
      over: false,
    });
  });
});
