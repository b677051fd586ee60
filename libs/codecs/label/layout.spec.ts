// A label's layout: everything stands on the label, nothing over anything else, and the spoken code can be read.
import { describe, expect, it } from '@jest/globals';
import { layOut, sheetNames, sheetOf } from './index.js';
import { labelPrints } from './prints.fixture.js';
import { widthInEms } from './text-line.js';

const sizes = [...sheetNames, 'a4', '50x30', '30x50', '40x40'].map(name => {
  const sheet = sheetOf(name);
  if (sheet === null) throw new Error(`${name} is no sheet`);
  return [name, sheet] as const;
});

const [print] = labelPrints(1);
if (!print) throw new Error('a label');

describe.each(sizes)('a label of %s', (_, { labelWidthMm, labelHeightMm }) => {
  const { symbol, texts } = layOut(print, labelWidthMm, labelHeightMm);
  if (symbol === null) throw new Error('it has a symbol');
  const side = symbol.moduleMm * symbol.matrix.size;

  it('has all of its texts on it, beside or beneath the symbol and not over one another', () => {
    for (const [i, { text, xMm, baselineMm, sizeMm }] of texts.entries()) {
      expect(xMm + widthInEms(text) * sizeMm).toBeLessThanOrEqual(labelWidthMm);
      expect(baselineMm).toBeLessThanOrEqual(labelHeightMm);
      const isBeside = xMm >= symbol.xMm + side;
      expect(isBeside || baselineMm - sizeMm * 0.9 >= symbol.yMm + side).toBe(true);
      const next = texts[i + 1];
      if (next) expect(next.baselineMm - baselineMm).toBeGreaterThanOrEqual(next.sizeMm);
    }
  });

  it('has the whole spoken code, in as many lines as make it largest', () => {
    const [name, serial, spoken] = print.lines;
    expect(texts.map(({ text }) => text).join('-')).toBe(
      [name, serial, spoken].map(line => line?.text).join('-'),
    );
  });
});

it('sets the spoken code in two millimetres or more where a label is 21 mm high', () => {
  const sheet = sheetOf('avery-l7651');
  const { texts } = layOut(print, sheet?.labelWidthMm ?? 0, sheet?.labelHeightMm ?? 0);
  for (const { sizeMm } of texts.filter(({ kind }) => kind === 'code'))
    expect(sizeMm).toBeGreaterThanOrEqual(2);
  expect(texts).toHaveLength(6);
});
