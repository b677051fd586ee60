// A printed symbol is read by two decoders that are not ours: small, tilted and damaged, on paper and from a thermal printer.
import { describe, expect, it } from '@jest/globals';
import { labelPrint, labelZpl, sheetOf } from './index.js';
import { labelNumber } from './prints.fixture.js';
import { photograph, readByTwo } from './readers.fixture.js';
import { symbolMatrix } from './symbol.js';

/** The same ones every time: the readers are not ours, and no reader reads every damaged picture. */
const numbers = [1, 12, 345, 67_890, 500_000, 1_000_000];

describe('a symbol at 3 pixels a module', () => {
  it.each([
    ['as it is', {}],
    ['tilted by 15°', { tiltDegrees: 15 }],
    ['tilted by 15° to the left', { tiltDegrees: -15 }],
    ['with a tenth of it scratched off', { scratched: 0.1 }],
    ['tilted by 15° and with a tenth of it scratched off', { tiltDegrees: 15, scratched: 0.1 }],
  ])('is read by both, %s', async (_, damage) => {
    for (const number of numbers) {
      const { url } = labelNumber(number);
      const matrix = symbolMatrix(url);
      const picture = photograph(matrix.isDark, matrix.size, damage);
      expect(await readByTwo(picture)).toEqual({ jsqr: url, zxing: url });
    }
  });

  it('is not read when most of it is gone, so that the readers can fail', async () => {
    const matrix = symbolMatrix(labelNumber(1).url);
    const picture = photograph(matrix.isDark, matrix.size, { scratched: 0.6 });
    expect(await readByTwo(picture)).toEqual({ jsqr: null, zxing: null });
  });
});

describe('a label in ZPL', () => {
  const sheet = sheetOf('50x30');
  if (sheet === null) throw new Error('50x30 is a roll');

  it.each([8, 12, 24] as const)(
    'prints a symbol that both read, at %i dots a millimetre',
    async dotsPerMm => {
      const label = labelNumber(7);
      const { isDark, width } = printedDots(labelZpl(labelPrint(label), { sheet, dotsPerMm }));
      const picture = photograph(isDark, width, { modulePx: 8 / dotsPerMm, tiltDegrees: 5 });
      expect(await readByTwo(picture)).toEqual({ jsqr: label.url, zxing: label.url });
    },
  );
});

/** Does with ^GFA what a printer does: the dots that it burns. */
function printedDots(zpl: string): { isDark: (row: number, column: number) => boolean; width: number } {
  const [, total, bytesARow, data = ''] = /\^GFA,\d+,(\d+),(\d+),([0-9A-F:]+)/.exec(zpl) ?? [];
  const rowLength = Number(bytesARow) * 2;
  const rows: string[] = [];
  for (let at = 0; at < data.length; ) {
    const repeats = data[at] === ':';
    rows.push(repeats ? (rows.at(-1) ?? '') : data.slice(at, at + rowLength));
    at += repeats ? 1 : rowLength;
  }
  expect(rows.length * Number(bytesARow)).toBe(Number(total));
  const bits = rows.map(row =>
    [...row].map(nibble => Number.parseInt(nibble, 16).toString(2).padStart(4, '0')).join(''),
  );
  return { isDark: (row, column) => bits[row]?.[column] === '1', width: rows.length };
}
