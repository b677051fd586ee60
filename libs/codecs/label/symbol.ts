// The QR symbol of a ticket's URL as a matrix of modules, and as a PNG or lines of a terminal.
import QRCode from 'qrcode';

/** Q: a quarter of the symbol may be scratched or dirty and it still reads. */
export const ERROR_CORRECTION = 'Q';
/** Empty modules on every side (ISO/IEC 18004 §9.1). */
export const QUIET_ZONE = 4;

/** A symbol with its quiet zone: square, `size` modules a side, the smallest version that holds the text. */
export interface SymbolMatrix {
  readonly size: number;
  /** Whether the module is dark; false everywhere outside. */
  isDark(row: number, column: number): boolean;
}

const DEFAULT_MODULE_PX = 8;

/** Black on white whatever the terminal's own colours are: scanners want dark on light. */
const INK = '\u001b[30;107m';
const PLAIN = '\u001b[0m';
/** One character for two modules, the upper and the lower: blank, upper half, lower half, full block. */
const HALF_BLOCKS = [' ', '▀', '▄', '█'] as const;

/** @throws Error when the text is longer than any symbol can hold. */
export function symbolMatrix(text: string): SymbolMatrix {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: ERROR_CORRECTION }).modules;
  return {
    size: size + 2 * QUIET_ZONE,
    isDark: (row, column) => {
      const [y, x] = [row - QUIET_ZONE, column - QUIET_ZONE];
      return x >= 0 && x < size && y >= 0 && y < size && data[y * size + x] === 1;
    },
  };
}

/** The symbol alone with its quiet zone, as a PNG of `modulePx` pixels a module. */
export async function labelPng(
  { url }: { readonly url: string },
  { modulePx = DEFAULT_MODULE_PX }: { readonly modulePx?: number } = {},
): Promise<Uint8Array> {
  const options = { errorCorrectionLevel: ERROR_CORRECTION, margin: QUIET_ZONE, scale: modulePx } as const;
  return new Uint8Array(await QRCode.toBuffer(url, options));
}

/** The symbol for a terminal: two rows of modules a line, ANSI colours, a line feed after each line. */
export function symbolTerminal(url: string): string {
  const matrix = symbolMatrix(url);
  const lines = Array.from({ length: Math.ceil(matrix.size / 2) }, (_, line) => {
    const blocks = Array.from({ length: matrix.size }, (_, column) => {
      const upper = Number(matrix.isDark(line * 2, column));
      const lower = Number(matrix.isDark(line * 2 + 1, column));
      return HALF_BLOCKS[upper + 2 * lower];
    });
    return `${INK}${blocks.join('')}${PLAIN}\n`;
  });
  return lines.join('');
}
