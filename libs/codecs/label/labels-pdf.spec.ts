// Labels as PDF: what a printer draws is read again, every label has its place, and the font is embedded.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { labelsPdf, type Print, pinPrint, sheetOf } from './index.js';
import { labelNumber, labelPrints } from './prints.fixture.js';
import { photograph, readByTwo } from './readers.fixture.js';

const notoSans = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';

let font: Uint8Array;

beforeAll(async () => {
  font = await readFile(createRequire(import.meta.url).resolve(notoSans));
});

async function made(prints: readonly Print[], sheetName = 'avery-l4731', skip = 0): Promise<Buffer> {
  const sheet = sheetOf(sheetName);
  if (sheet === null) throw new Error(`${sheetName} is no sheet`);
  const pieces: Uint8Array[] = [];
  for await (const piece of labelsPdf(prints, { sheet, font, title: 'Labels', skip })) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** What is drawn on each page: the streams that hold text or paths. */
function pagesOf(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  const streams = Array.from(text.matchAll(/stream\n/g), ({ index }) => {
    const from = index + 'stream\n'.length;
    return Buffer.from(text.slice(from, text.indexOf('\nendstream', from)), 'latin1');
  });
  return streams.flatMap(stream => {
    try {
      const content = inflateSync(stream).toString('latin1');
      return content.startsWith('1 0 0 -1 0 ') ? [content] : [];
    } catch {
      return [];
    }
  });
}

interface Drawn {
  /** Points from the left and from the top. */
  readonly x: number;
  readonly y: number;
  readonly isDark: (row: number, column: number) => boolean;
  readonly size: number;
}

function symbolsOf(page: string): Drawn[] {
  const form = /q ([\d.]+) 0 0 [\d.]+ ([\d.]+) ([\d.]+) cm\n((?:\d+ \d+ \d+ 1 re )+)f Q/g;
  return Array.from(page.matchAll(form), ([, , x, y, path = '']) => {
    const dark = new Set<string>();
    let size = 0;
    for (const [, column, row, length] of path.matchAll(/(\d+) (\d+) (\d+) 1 re/g)) {
      for (let i = 0; i < Number(length); i += 1) dark.add(`${row} ${Number(column) + i}`);
      size = Math.max(size, Number(column) + Number(length) + 4);
    }
    return {
      x: Number(x),
      y: Number(y),
      size,
      isDark: (row: number, column: number) => dark.has(`${row} ${column}`),
    };
  });
}

describe('a PDF of labels', () => {
  it('draws symbols that two readers read', async () => {
    const [page = ''] = pagesOf(await made(labelPrints(5)));
    const symbols = symbolsOf(page);
    const texts = await Promise.all(symbols.map(({ isDark, size }) => readByTwo(photograph(isDark, size))));
    const urls = [1, 2, 3, 4, 5].map(number => labelNumber(number).url);
    expect(texts).toEqual(urls.map(url => ({ jsqr: url, zxing: url })));
  });

  it('begins a new page when one is full', async () => {
    const pages = pagesOf(await made(labelPrints(190)));
    expect(pages.map(page => symbolsOf(page).length)).toEqual([189, 1]);
  });

  it('goes on behind the labels that are used up', async () => {
    const [full = ''] = pagesOf(await made(labelPrints(9)));
    const [rest = ''] = pagesOf(await made(labelPrints(1), 'avery-l4731', 8));
    const [ninth, only] = [symbolsOf(full)[8], symbolsOf(rest)[0]];
    expect([only?.x, only?.y]).toEqual([ninth?.x, ninth?.y]);
  });

  it('makes each label of a roll a page of its size', async () => {
    const pdf = await made(labelPrints(3), '50x30');
    const boxes = Array.from(
      pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g),
      match => match.slice(1).map(points => Math.round((Number(points) / 72) * 25.4)),
    );
    expect(boxes).toEqual([
      [50, 30],
      [50, 30],
      [50, 30],
    ]);
  });

  it('embeds of the font only what is written', async () => {
    const pdf = await made(labelPrints(40));
    expect(pdf.toString('latin1')).toMatch(/\/FontName \/[A-Z]{6}\+NotoSansSC/);
    expect(pdf.length).toBeLessThan(font.length / 20);
  });

  it('gives out its pages while it is being made', async () => {
    const sheet = sheetOf('50x30');
    if (sheet === null) throw new Error('50x30 is a roll');
    let taken = 0;
    function* counted() {
      for (const print of labelPrints(50)) {
        taken += 1;
        yield print;
      }
    }
    const pieces = labelsPdf(counted(), { sheet, font, title: 'Labels' });
    await pieces.next();
    expect(taken).toBeLessThan(5);
    await pieces.return();
  });

  it('prints a PIN without a symbol', async () => {
    const pin = pinPrint({ pin: '12345678', serial: '0001-000001', productName: '燃气探测器' });
    expect(pin.lines.map(({ text }) => text)).toEqual(['燃气探测器', '0001-000001', 'PIN 1234 5678']);
    const [page = ''] = pagesOf(await made([pin]));
    expect(symbolsOf(page)).toEqual([]);
    expect(page).toContain(`<${Buffer.from('PIN 1234 5678').toString('hex')}>`);
  });

  it('is a document with an empty page when there is nothing to print', async () => {
    expect((await made([])).subarray(0, 5).toString()).toBe('%PDF-');
  });
});
