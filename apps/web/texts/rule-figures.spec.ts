// Holds the figures of rules to words and units, whatever their kind.
import { describe, expect, it } from '@jest/globals';
import { type Rule, ruleSchema } from '#codecs/api';
import { starterProducts } from '#domain/devices';
import { ruleFigures } from './rule-figures.js';

const ruleOf = (rule: object): Rule => ruleSchema.parse({ id: 'one', ...rule });
const gas = ruleOf({
  kind: 'gas',
  reading: 'gas.lel',
  bit: 'gas.alarm',
  gas: 'methane',
  repeatAfterS: [60, 90],
});
const told = (rule: Rule, locale: 'en' | 'zh') =>
  ruleFigures(rule, locale, starterProducts[0]).map(({ label, text }) => `${label}: ${text}`);

describe('the figures of a rule', () => {
  it('are read with their units', () => {
    expect(told(gas, 'en')).toEqual([
      'Told again after: 1 min, 90 sec',
      'Reading: Flammable gas',
      'Signal: Detector alarm',
      'Gas: methane',
      'Alarm from: 10 %LEL',
      'Warning from: not set',
      'Over below: 5 %LEL',
      'Over after: 5 min',
      'Has to last: 30 sec',
    ]);
    expect(told(gas, 'zh')).toContain('预警起点: 未设定');
    expect(told(gas, 'zh')).toContain('气体: 甲烷');
  });

  it.each([
    [{ kind: 'silence' }, ['After: the default']],
    [{ kind: 'co', reading: 'co.ppm' }, ['Alarm at: the default']],
    [
      { kind: 'co', reading: 'co.ppm', points: [50, 100].map(ppm => ({ ppm, afterS: 360_000 / ppm })) },
      ['Alarm at: 50 ppm / 2 hr, 100 ppm / 1 hr'],
    ],
    [{ kind: 'left-open', bit: 'door.open', place: 'fridge' }, ['Place: fridge', 'After: the default']],
    [
      { kind: 'implausible', reading: 'co.ppm', stuckAfterS: 86_400 },
      ['Jumps at most, in one second: not set', 'Stuck after: 1 day'],
    ],
    [{ kind: 'end-of-life', afterMonths: 84 }, ['Age: 84 months']],
    [{ kind: 'battery', reading: 'battery.percent' }, ['Low below: 20 %', 'Told ahead by: 30 days']],
  ])('%j', (rule, lines) => {
    expect(told(ruleOf(rule), 'en')).toEqual(expect.arrayContaining(lines));
  });

  it.each(starterProducts.flatMap(product => product.rules))(
    'of the rule $id show no name of a program',
    rule => {
      for (const locale of ['en', 'zh'] as const) {
        for (const { label, text } of ruleFigures(rule, locale)) {
          expect(label).not.toMatch(/[a-z][A-Z]/);
          expect(text).not.toMatch(/null|undefined|[{[]/);
        }
      }
    },
  );
});
