// Labels in ZPL: nothing that is printed can command the printer.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { labelPrint, labelZpl, needsFont, sheetOf } from './index.js';
import { labelNumber } from './prints.fixture.js';

const sheet = sheetOf('50x30') as NonNullable<ReturnType<typeof sheetOf>>;
const label = labelNumber(1);

describe('a label in ZPL', () => {
  it('is one format of the label’s size in dots', () => {
    const zpl = labelZpl(labelPrint(label), { sheet, dotsPerMm: 12 });
    expect(zpl).toMatch(/^\^XA\n\^CI28\n\^PW600\n\^LL360\n/);
    expect(zpl.trimEnd().endsWith('^XZ')).toBe(true);
  });

  it('says the serial and the spoken code', () => {
    const zpl = labelZpl(labelPrint(label), { sheet, dotsPerMm: 8 });
    const texts = Array.from(zpl.matchAll(/\^FD([^^]*)\^FS/g), ([, text]) => text);
    expect(texts[0]).toBe(label.serial);
    expect(texts.slice(1).join('-')).toBe(label.spoken);
  });

  it('writes a Chinese name only with a font that the printer is said to have', () => {
    const print = labelPrint(label);
    expect(needsFont(print)).toBe(true);
    expect(labelZpl(print, { sheet, dotsPerMm: 8 })).not.toContain('燃气');
    expect(labelZpl(print, { sheet, dotsPerMm: 8, font: 'E:NOTO.TTF' })).toMatch(
      /\^A@N,\d+,\d+,E:NOTO.TTF\^FH_\^FD燃气探测器 Gas & CO\^FS/,
    );
  });

  it('lets no name or serial out of its field', () => {
    const words = fc.string({ unit: fc.constantFrom('^', '~', '_', 'X', 'Z', 'A', '\n', '气', '\u0000') });
    fc.assert(
      fc.property(words, words, (productName, serial) => {
        const plain = labelZpl(labelPrint({ ...label, productName: 'x', serial: 'x' }), {
          sheet,
          dotsPerMm: 8,
        });
        const zpl = labelZpl(labelPrint({ ...label, productName: `${productName}x`, serial: `${serial}x` }), {
          sheet,
          dotsPerMm: 8,
          font: 'E:NOTO.TTF',
        });
        const commands = (text: string) => text.match(/[\^~]/g)?.length;
        expect(commands(zpl)).toBe(commands(plain));
      }),
    );
  });

  it('refuses a resolution at which the symbol has less than a dot a module', () => {
    const tiny = sheetOf('8x8') as typeof sheet;
    const print = { url: label.url.repeat(12), lines: [] };
    expect(() => labelZpl(print, { sheet: tiny, dotsPerMm: 8 })).toThrow(RangeError);
  });
});
