// Two readers of symbols that are not ours, and the pictures that they are shown: drawn small, tilted, damaged.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import jsqr from 'jsqr';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** Whether a place is dark; in modules, quiet zone included. */
export type IsDark = (row: number, column: number) => boolean;

export interface Picture {
  readonly side: number;
  /** RGBA. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

export interface Damage {
  readonly modulePx?: number;
  readonly tiltDegrees?: number;
  /** Share of the symbol's area that is scratched white, in its middle. */
  readonly scratched?: number;
}

const QUIET_ZONE = 4;
/** Each pixel is the mean of so many points a side: as a camera sees an edge. */
const SAMPLES = 3;

/** A photograph of a symbol of `size` modules a side. */
export function photograph(
  isDark: IsDark,
  size: number,
  { modulePx = 3, tiltDegrees = 0, scratched = 0 }: Damage = {},
): Picture {
  const angle = (tiltDegrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const side = Math.ceil(size * modulePx * (Math.abs(cos) + Math.abs(sin)));
  const scratch = (Math.sqrt(scratched) * (size - 2 * QUIET_ZONE)) / 2;
  const inkAt = (x: number, y: number): number => {
    const [dx, dy] = [(x - side / 2) / modulePx, (y - side / 2) / modulePx];
    const [column, row] = [dx * cos + dy * sin, dy * cos - dx * sin];
    if (Math.abs(column) < scratch && Math.abs(row) < scratch) return 0;
    return isDark(Math.floor(row + size / 2), Math.floor(column + size / 2)) ? 1 : 0;
  };
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let index = 0; index < side * side; index += 1) {
    const [x, y] = [index % side, Math.floor(index / side)];
    let ink = 0;
    for (let sample = 0; sample < SAMPLES ** 2; sample += 1) {
      ink += inkAt(
        x + ((sample % SAMPLES) + 0.5) / SAMPLES,
        y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES,
      );
    }
    pixels.fill(255 * (1 - ink / SAMPLES ** 2), index * 4, index * 4 + 3);
  }
  return { side, pixels };
}

/** What each reader makes of a picture: the text, or null. */
export async function readByTwo({
  pixels,
  side,
}: Picture): Promise<{ jsqr: string | null; zxing: string | null }> {
  await zxing;
  const photo = { data: pixels, width: side, height: side } as Parameters<typeof readBarcodes>[0];
  const [found] = await readBarcodes(photo, { formats: ['QRCode'] });
  return { jsqr: jsqr.default(pixels, side, side)?.data ?? null, zxing: found?.text ?? null };
}

const zxing = readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')).then(
  file =>
    // Left alone it would fetch it from the internet.
    prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(file).buffer }, fireImmediately: true }),
);
