// Labels in ZPL II, the language of thermal label printers: the symbol as a bitmap, the texts in the printer's own fonts.
import { layOut, type PlacedText, type Print } from './layout.js';
import type { Sheet } from './sheet.js';
import type { SymbolMatrix } from './symbol.js';

/** 203, 300 and 600 dots an inch, as printers' makers round them. */
export const dotsPerMmChoices = [8, 12, 24] as const;

export interface ZplOptions {
  /** A roll: one label a page. */
  readonly sheet: Sheet;
  readonly dotsPerMm: (typeof dotsPerMmChoices)[number];
  /** A font in the printer that has the letters of products' names, such as `E:NOTOSANS.TTF`. */
  readonly font?: string;
}

/**
 * One label, `^XA` to `^XZ`. A name that the printer's own font cannot write is left out unless `font` is given.
 * @throws RangeError when the symbol's modules would be smaller than one dot
 */
export function labelZpl(print: Print, { sheet, dotsPerMm, font }: ZplOptions): string {
  const { labelWidthMm, labelHeightMm } = sheet;
  const { symbol, texts } = layOut(print, labelWidthMm, labelHeightMm);
  const dots = (mm: number) => Math.round(mm * dotsPerMm);
  const lines = ['^XA', '^CI28', `^PW${dots(labelWidthMm)}`, `^LL${dots(labelHeightMm)}`];
  if (symbol !== null) {
    const moduleDots = Math.floor(symbol.moduleMm * dotsPerMm);
    if (moduleDots < 1) throw new RangeError('the label is too small for its symbol at this resolution');
    // Whole dots only, so that every module is as wide as its neighbour; what that leaves is shared by both sides.
    const slack = (dots(symbol.moduleMm * symbol.matrix.size) - moduleDots * symbol.matrix.size) / 2;
    const origin = [symbol.xMm, symbol.yMm].map(mm => Math.max(0, Math.round(mm * dotsPerMm + slack)));
    lines.push(`^FO${origin.join(',')}${bitmap(symbol.matrix, moduleDots)}^FS`);
  }
  const written = texts.filter(({ text }) => font !== undefined || isPlain(text));
  for (const text of written) lines.push(field(text, dots, font));
  lines.push('^XZ', '');
  return lines.join('\n');
}

/** Whether something on the label can be written only with a font that is not every printer's. */
export function needsFont({ lines }: Print): boolean {
  return lines.some(({ text }) => !isPlain(text));
}

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

function field(
  { text, kind, xMm, baselineMm, sizeMm }: PlacedText,
  dots: (mm: number) => number,
  font: string | undefined,
): string {
  const height = Math.max(dots(sizeMm), 1);
  const face =
    kind === 'name' && font !== undefined ? `^A@N,${height},${height},${font}` : `^A0N,${height},${height}`;
  return `^FT${dots(xMm)},${dots(baselineMm)}${face}^FH_^FD${escaped(text)}^FS`;
}

/** ^ and ~ begin commands, and _ the escapes themselves. */
function escaped(text: string): string {
  return text.replace(/[\^~_]|\p{Cc}/gu, character =>
    [...Buffer.from(character)].map(byte => `_${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
  );
}

/** ^GFA with the abbreviations of the ZPL II programming guide: `:` repeats the row above. */
function bitmap(matrix: SymbolMatrix, moduleDots: number): string {
  const bytesARow = Math.ceil((matrix.size * moduleDots) / 8);
  const rows = Array.from({ length: matrix.size }, (_, row) => {
    const bits = Array.from({ length: matrix.size }, (_, column) =>
      (matrix.isDark(row, column) ? '1' : '0').repeat(moduleDots),
    );
    const hex = bits
      .join('')
      .padEnd(bytesARow * 8, '0')
      .replace(/[01]{4}/g, nibble => Number.parseInt(nibble, 2).toString(16).toUpperCase());
    return `${hex}${':'.repeat(moduleDots - 1)}`;
  });
  const total = bytesARow * matrix.size * moduleDots;
  return `^GFA,${total},${total},${bytesARow},${rows.join('')}`;
}
