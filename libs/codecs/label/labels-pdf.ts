// Labels as a PDF for printers, drawn as vectors and given out page by page, however many there are.
import PDFDocument from 'pdfkit';
import { type Layout, layOut, type PlacedText, type Print } from './layout.js';
import { labelsOn, type Place, placeOn, type Sheet } from './sheet.js';
import type { SymbolMatrix } from './symbol.js';

export interface PdfOptions {
  readonly sheet: Sheet;
  /** A TrueType or OpenType font that has the letters of the products' names; what is used of it is embedded. */
  readonly font: Uint8Array;
  /** What the document says of itself. */
  readonly title: string;
  /** Labels of the first sheet that are used up already: printing goes on behind them. */
  readonly skip?: number;
}

const POINTS_A_MM = 72 / 25.4;
/** The embedded font's name; the typeface of codes is one that every reader of PDF has (ISO 32000-1 §9.6.2.2). */
const FONTS = { name: 'names', code: 'Courier-Bold' } as const;

/**
 * The document in pieces, each as soon as its page is full.
 * @throws whatever `prints` throws; the pieces given out until then are no whole document
 */
export async function* labelsPdf(
  prints: AsyncIterable<Print> | Iterable<Print>,
  { sheet, font, title, skip = 0 }: PdfOptions,
): AsyncGenerator<Uint8Array, void> {
  const size: [number, number] = [sheet.pageWidthMm * POINTS_A_MM, sheet.pageHeightMm * POINTS_A_MM];
  const document = new PDFDocument({ size, margin: 0, autoFirstPage: false, info: { Title: title } });
  document.registerFont(FONTS.name, Buffer.from(font));
  const pieces: Uint8Array[] = [];
  document.on('data', (piece: Uint8Array) => pieces.push(piece));
  const ended = new Promise((resolve, reject) => document.once('end', resolve).once('error', reject));
  const first = skip % labelsOn(sheet);
  let index = first;
  if (first > 0) document.addPage();
  for await (const print of prints) {
    const place = index % labelsOn(sheet);
    if (place === 0) {
      document.addPage();
      // A page that was begun has given out the one before.
      await new Promise(setImmediate);
      yield* pieces.splice(0);
    }
    draw(document, layOut(print, sheet.labelWidthMm, sheet.labelHeightMm), placeOn(sheet, place));
    index += 1;
  }
  if (index === 0) document.addPage();
  document.end();
  await ended;
  yield* pieces;
}

function draw(document: PDFKit.PDFDocument, { symbol, texts }: Layout, place: Place): void {
  if (symbol !== null) {
    const { matrix, moduleMm } = symbol;
    const unit = moduleMm * POINTS_A_MM;
    const [x, y] = [place.xMm + symbol.xMm, place.yMm + symbol.yMm].map(mm => mm * POINTS_A_MM);
    // One matrix and one path: the modules are whole numbers, and no seams show between them.
    document.addContent(`q ${fixed(unit)} 0 0 ${fixed(unit)} ${fixed(x ?? 0)} ${fixed(y ?? 0)} cm`);
    document.addContent(`${darkRuns(matrix)}f Q`);
  }
  for (const text of texts) write(document, text, place);
}

function write(
  document: PDFKit.PDFDocument,
  { text, kind, xMm, baselineMm, sizeMm }: PlacedText,
  place: Place,
): void {
  const [x, y] = [(place.xMm + xMm) * POINTS_A_MM, (place.yMm + baselineMm) * POINTS_A_MM];
  document
    .font(FONTS[kind])
    .fontSize(sizeMm * POINTS_A_MM)
    .text(text, x, y, { lineBreak: false, baseline: 'alphabetic' });
}

/** A rectangle a run of dark modules in a row, in modules. */
function darkRuns(matrix: SymbolMatrix): string {
  const path: string[] = [];
  for (let row = 0; row < matrix.size; row += 1) {
    for (let column = 0; column < matrix.size; column += 1) {
      const from = column;
      while (matrix.isDark(row, column)) column += 1;
      if (column > from) path.push(`${from} ${row} ${column - from} 1 re `);
    }
  }
  return path.join('');
}

function fixed(points: number): string {
  return points.toFixed(4);
}
