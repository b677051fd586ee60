// Where everything stands on a label of a given size: the symbol as large as it can be, and the texts that fit beside it.
import { type SymbolMatrix, symbolMatrix } from './symbol.js';
import { widthInEms } from './text-line.js';

/** What is printed on one label. */
export interface Print {
  /** The symbol's text; null: a label without a symbol. */
  readonly url: string | null;
  /** In the order of reading; the first is the boldest. */
  readonly lines: readonly PrintLine[];
}

export interface PrintLine {
  readonly text: string;
  /** A `name` may hold any script; a `code` is of the ASCII characters that machines and people spell. */
  readonly kind: 'name' | 'code';
  /** Made of groups with hyphens between: it may go on in the next line after a group. */
  readonly hasGroups?: boolean;
}

/** All in millimetres from the label's upper left corner. */
export interface Layout {
  readonly symbol: {
    readonly matrix: SymbolMatrix;
    readonly moduleMm: number;
    readonly xMm: number;
    readonly yMm: number;
  } | null;
  readonly texts: readonly PlacedText[];
}

export interface PlacedText extends Omit<PrintLine, 'hasGroups'> {
  readonly xMm: number;
  readonly baselineMm: number;
  /** Height of an em. */
  readonly sizeMm: number;
}

/** Below it many phones cannot tell the modules of a printed symbol apart. */
export const smallestModuleMm = 0.25;

const PADDING_MM = 0.8;
const LARGEST_TEXT_MM = 3.2;
const LEADING = 1.3;
/** Where the baseline stands in a line, from its top, in ems. */
const ASCENT = 0.85;
/** A label that is wider than this times its height has its texts beside the symbol, else beneath it. */
const WIDE = 1.35;
/** How much of a label's height texts may take, when they stand beneath the symbol. */
const BENEATH = 0.32;

/** The quiet zone is part of the symbol's place, so that nothing printed comes nearer. */
export function layOut({ url, lines }: Print, widthMm: number, heightMm: number): Layout {
  const said = lines.filter(({ text }) => text !== '');
  if (url === null) return { symbol: null, texts: setTexts(said, inset(0, 0, widthMm, heightMm)) };
  const matrix = symbolMatrix(url);
  const isWide = widthMm > heightMm * WIDE && said.length > 0;
  const room = isWide || said.length === 0 ? heightMm : heightMm * (1 - BENEATH);
  const side = Math.min(room, widthMm);
  const moduleMm = side / matrix.size;
  const xMm = isWide ? 0 : (widthMm - side) / 2;
  const yMm = isWide ? (heightMm - side) / 2 : 0;
  // The quiet zone is empty on paper, so texts may begin right where it ends.
  const box = isWide
    ? { ...inset(side, 0, widthMm - side, heightMm), xMm: side }
    : { ...inset(0, side, widthMm, heightMm - side), yMm: side };
  return { symbol: { matrix, moduleMm, xMm, yMm }, texts: setTexts(said, box) };
}

/** Whether phones will have trouble with the symbol at this size. */
export function isSmall({ symbol }: Layout): boolean {
  return symbol !== null && symbol.moduleMm < smallestModuleMm;
}

interface Box {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

function inset(xMm: number, yMm: number, widthMm: number, heightMm: number): Box {
  return {
    xMm: xMm + PADDING_MM,
    yMm: yMm + PADDING_MM,
    widthMm: Math.max(widthMm - 2 * PADDING_MM, 0),
    heightMm: Math.max(heightMm - 2 * PADDING_MM, 0),
  };
}

/** Groups of a code on one line: what is tried. */
const GROUPS_A_LINE = [8, 4, 3, 2] as const;

/** Broken into lines so that codes, which people spell, are as large as can be; of equals, the one with the fewest lines. */
function setTexts(lines: readonly PrintLine[], box: Box): PlacedText[] {
  const [first, ...others] = GROUPS_A_LINE.map(groups =>
    placed(
      lines.flatMap(line => broken(line, groups)),
      box,
    ),
  );
  return others.reduce((best, each) => (codeSizeOf(each) > codeSizeOf(best) ? each : best), first ?? []);
}

function codeSizeOf(texts: readonly PlacedText[]): number {
  return Math.min(...texts.filter(({ kind }) => kind === 'code').map(({ sizeMm }) => sizeMm));
}

function broken({ text, kind, hasGroups = false }: PrintLine, groupsALine: number): PrintLine[] {
  if (!hasGroups) return [{ text, kind }];
  const groups = text.split('-');
  const starts = Array.from({ length: Math.ceil(groups.length / groupsALine) }, (_, i) => i * groupsALine);
  return starts.map(from => ({ text: groups.slice(from, from + groupsALine).join('-'), kind }));
}

/** Lines under one another, as large as the box lets them be; lines of one kind are of one size. */
function placed(lines: readonly PrintLine[], { xMm, yMm, widthMm, heightMm }: Box): PlacedText[] {
  const lineMm = Math.min(heightMm / lines.length, LARGEST_TEXT_MM * LEADING);
  const top = yMm + (heightMm - lineMm * lines.length) / 2;
  const fitting = ({ text }: PrintLine) => Math.min(lineMm / LEADING, widthMm / widthInEms(text));
  return lines.map(({ text, kind }, index) => {
    const sizeMm = Math.min(...lines.filter(line => line.kind === kind).map(fitting));
    const baselineMm = top + lineMm * index + (lineMm - sizeMm) / 2 + sizeMm * ASCENT;
    return { text, kind, xMm, baselineMm, sizeMm };
  });
}
