// Labels: every form of the symbol is read again by a decoder that is not ours, and the words under it are safe.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import QRCode from 'qrcode';
import { issueTicket, spokenTicket, ticketFromText, ticketUrl } from '#codecs/ticket';
import { type Label, labelPng, labelSvg, QUIET_ZONE, symbolTerminal } from './index.js';

const ring = { current: 1, keys: new Map([[1, new Uint8Array(32).fill(7)]]) };

function labelOf(number: number, publicUrl = 'https://gas.example'): Label {
  const ticket = issueTicket(ring, { batch: 1, number, generation: 0 });
  return {
    url: ticketUrl(publicUrl, ticket),
    spoken: spokenTicket(ticket),
    serial: `G1-${number}`,
    productName: '燃气探测器 Gas & CO',
  };
}

const label = labelOf(1);
const symbolModules = QRCode.create(label.url, { errorCorrectionLevel: 'Q' }).modules.size;

/** Pixels of a picture whose dark places are known, `scale` pixels a module, as the decoder takes them. */
function picture(
  modules: readonly (readonly boolean[])[],
  scale: number,
): { pixels: Uint8ClampedArray; side: number } {
  const side = modules.length * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let index = 0; index < side * side; index += 1) {
    const row = Math.floor(index / side / scale);
    const column = Math.floor((index % side) / scale);
    if (modules[row]?.[column]) pixels.fill(0, index * 4, index * 4 + 3);
  }
  return { pixels, side };
}

function readSymbol(pixels: ArrayLike<number>, side: number) {
  return jsqr.default(Uint8ClampedArray.from(pixels), side, side);
}

function decoded(modules: readonly (readonly boolean[])[]): string | undefined {
  const { pixels, side } = picture(modules, 3);
  return readSymbol(pixels, side)?.data;
}

/** The modules that the path of a label's SVG paints. */
function paintedModules(svg: string): boolean[][] {
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const modules = Array.from({ length: side }, () => new Array<boolean>(side).fill(false));
  const path = /<path d="([^"]*)"/.exec(svg)?.[1] ?? '';
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    modules[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  }
  return modules;
}

/** The modules that a terminal shows. */
function shownModules(text: string): boolean[][] {
  const lines = text.trimEnd().split('\n');
  return lines.flatMap(line => {
    const blocks = [...line.replace('\u001b[30;107m', '').replace('\u001b[0m', '')];
    return ['▀█', '▄█'].map(dark => blocks.map(block => dark.includes(block)));
  });
}

describe('the symbol', () => {
  it('is in alphanumeric mode, and smaller than the same URL would be in bytes', async () => {
    const png = PNG.sync.read(Buffer.from(await labelPng(label, { modulePx: 3 })));
    const read = readSymbol(png.data, png.width);
    expect(new Set(read?.chunks.map(chunk => chunk.type))).toEqual(new Set(['alphanumeric']));
    const inBytes = QRCode.create([{ mode: 'byte', data: Buffer.from(label.url) }], {
      errorCorrectionLevel: 'Q',
    });
    expect(read?.version).toBeLessThan(inBytes.version);
  });

  it('is the smallest version that holds the URL with error correction Q', async () => {
    const png = PNG.sync.read(Buffer.from(await labelPng(label, { modulePx: 3 })));
    const version = readSymbol(png.data, png.width)?.version ?? 1;
    const smaller = { errorCorrectionLevel: 'Q', version: version - 1 } as const;
    expect(() => QRCode.create(label.url, smaller)).toThrow(/cannot contain this amount of data/);
  });
});

describe('a label as PNG', () => {
  it('has as many pixels as modules times their size, quiet zone included', async () => {
    const png = PNG.sync.read(Buffer.from(await labelPng(label, { modulePx: 3 })));
    expect(png.width).toBe((symbolModules + 2 * QUIET_ZONE) * 3);
    expect(png.height).toBe(png.width);
  });

  it('leaves four modules empty on every side', async () => {
    const png = PNG.sync.read(Buffer.from(await labelPng(label, { modulePx: 1 })));
    const dark = Array.from({ length: png.width * png.height }, (_, index) => index).filter(
      index => png.data[index * 4] === 0,
    );
    const places = dark.flatMap(index => [index % png.width, Math.floor(index / png.width)]);
    expect(Math.min(...places)).toBe(4);
    expect(Math.max(...places)).toBe(png.width - 5);
  });

  /** The same devices every time: the reader is not ours. */
  it.each(['https://gas.example', 'http://192.168.1.20:8080', 'https://a.very.long.host.name.example:8443'])(
    'is read again at 3 pixels a module, under %s',
    async host => {
      for (const number of [0, 1, 4_711, 1_000_000, 2 ** 31 - 1]) {
        const { url } = labelOf(number, host);
        const png = PNG.sync.read(Buffer.from(await labelPng({ url }, { modulePx: 3 })));
        expect(readSymbol(png.data, png.width)?.data).toBe(url);
      }
    },
  );

  it('is read again with a tenth of its modules painted over', async () => {
    const png = PNG.sync.read(Buffer.from(await labelPng(label, { modulePx: 3 })));
    const side = Math.floor(Math.sqrt(0.1) * symbolModules * 3);
    const from = Math.floor((png.width - side) / 2);
    for (let row = from; row < from + side; row += 1) {
      const start = (row * png.width + from) * 4;
      png.data.fill(255, start, start + side * 4);
    }
    expect(readSymbol(png.data, png.width)?.data).toBe(label.url);
  });
});

describe('a label as SVG', () => {
  const svg = labelSvg(label);

  it('paints a symbol that is read again', () => {
    expect(decoded(paintedModules(svg))).toBe(label.url);
  });

  it('is measured in modules and shown at the size asked for', () => {
    const side = symbolModules + 2 * QUIET_ZONE;
    expect(labelSvg(label, { modulePx: 5 })).toContain(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${side * 5}" `,
    );
    expect(svg).toMatch(new RegExp(`viewBox="0 0 ${side} \\d`));
  });

  it('says product, serial and spoken code beneath the symbol, from which the ticket can be typed', () => {
    const texts = Array.from(
      svg.matchAll(/<text [^>]*y="([\d.]+)"[^>]*>([^<]*)<\/text>/g),
      ([, y, text]) => ({
        y: Number(y),
        text,
      }),
    );
    expect(texts.map(({ text }) => text).slice(0, 2)).toEqual(['燃气探测器 Gas &amp; CO', 'G1-1']);
    const typed = texts
      .slice(2)
      .map(({ text }) => text)
      .join(' ');
    expect(ticketFromText(typed)).toEqual(ticketFromText(label.url));
    expect(Math.min(...texts.map(({ y }) => y))).toBeGreaterThan(symbolModules + 2 * QUIET_ZONE);
  });

  it('makes a long name smaller instead of letting it run over the edge', () => {
    const sizeOfName = (productName: string) =>
      Number(/font-size="([\d.]+)" font-weight="700"/.exec(labelSvg({ ...label, productName }))?.[1]);
    expect(sizeOfName('家用可燃气体探测器带一氧化碳与温度显示第三代')).toBeLessThan(sizeOfName('燃气探测器'));
  });

  it('lets no text out of its element', () => {
    const words = fc.string({ unit: fc.constantFrom(...'<>&"\'', ']]>', '\u0000', '\ud800', 'é', '气') });
    fc.assert(
      fc.property(words, words, (productName, serial) => {
        const drawn = labelSvg({ ...label, productName, serial });
        const tags = drawn.match(/<\w+/g) ?? [];
        expect(tags.filter(tag => tag !== '<text')).toEqual(['<svg', '<title', '<rect', '<path']);
        expect(tags.length).toBeLessThanOrEqual(8);
        expect(drawn).not.toMatch(/\p{Cs}|(?!\n)\p{Cc}/u);
        expect(drawn.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
      }),
    );
  });
});

describe('a symbol in the terminal', () => {
  it('is read again', () => {
    expect(decoded(shownModules(symbolTerminal(label.url)).slice(0, symbolModules + 2 * QUIET_ZONE))).toBe(
      label.url,
    );
  });

  it('takes half as many lines as it has modules, and leaves the terminal as it was after each', () => {
    const lines = symbolTerminal(label.url).split('\n').slice(0, -1);
    expect(lines).toHaveLength(Math.ceil((symbolModules + 2 * QUIET_ZONE) / 2));
    expect(lines.filter(line => !line.endsWith('\u001b[0m'))).toEqual([]);
  });
});
