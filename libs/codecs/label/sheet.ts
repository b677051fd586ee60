// Sheets and rolls of labels: common formats by name, and rolls by the size of one label.

/** All in millimetres, from the upper left corner of the page. Labels fill a page row by row. */
export interface Sheet {
  readonly name: string;
  readonly pageWidthMm: number;
  readonly pageHeightMm: number;
  readonly columns: number;
  readonly rows: number;
  readonly labelWidthMm: number;
  readonly labelHeightMm: number;
  /** From the left edge of one label to that of its neighbour. */
  readonly pitchXMm: number;
  readonly pitchYMm: number;
}

export interface Place {
  readonly xMm: number;
  readonly yMm: number;
}

const A4 = [210, 297] as const;
const LETTER = [215.9, 279.4] as const;
const SMALLEST_MM = 8;
/** Of plain paper, where many printers leave it white. */
const EDGE_MM = 6;
const PLAIN = { columns: 3, rows: 8 } as const;
const LARGEST_MM = 300;

type Row = readonly [
  page: readonly [number, number],
  columns: number,
  rows: number,
  size: readonly [number, number],
  gapXMm: number,
];

/** The maker's sizes; every one of them stands centred on its page, without a gap between rows. */
const FORMATS: Readonly<Record<string, Row>> = {
  'avery-l4731': [A4, 7, 27, [25.4, 10], 2.5],
  'avery-l7651': [A4, 5, 13, [38.1, 21.2], 2.5],
  'avery-l7159': [A4, 3, 8, [63.5, 33.9], 2.5],
  'avery-l7160': [A4, 3, 7, [63.5, 38.1], 2.5],
  'avery-l7163': [A4, 2, 7, [99.1, 38.1], 2.5],
  'avery-5160': [LETTER, 3, 10, [66.675, 25.4], 3.175],
  'avery-5163': [LETTER, 2, 5, [101.6, 50.8], 4.7625],
  'avery-5167': [LETTER, 4, 20, [44.45, 12.7], 7.62],
};

/** The names that `sheetOf` knows, beside plain paper and sizes of rolls. */
export const sheetNames: readonly string[] = Object.keys(FORMATS);

/**
 * @param text a name such as `avery-l4731`; plain paper in columns and rows, such as `a4-3x8`; or the size of one label
 *   of a roll in millimetres, such as `50x30`
 * @returns null for neither; a label that is not the maker's measures 8 to 300 mm a side
 */
export function sheetOf(text: string): Sheet | null {
  const name = text.toLowerCase();
  const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  return format === undefined ? (plainOf(name) ?? rollOf(name)) : sheetOfFormat(name, format);
}

/** Labels on one page. */
export function labelsOn({ columns, rows }: Sheet): number {
  return columns * rows;
}

/** Where the label with this index on the page has its upper left corner. */
export function placeOn(sheet: Sheet, index: number): Place {
  const { columns, rows, pitchXMm, pitchYMm } = sheet;
  const marginX = sheet.pageWidthMm - (columns - 1) * pitchXMm - sheet.labelWidthMm;
  const marginY = sheet.pageHeightMm - (rows - 1) * pitchYMm - sheet.labelHeightMm;
  return {
    xMm: marginX / 2 + (index % columns) * pitchXMm,
    yMm: marginY / 2 + Math.floor(index / columns) * pitchYMm,
  };
}

function sheetOfFormat(
  name: string,
  [[pageWidthMm, pageHeightMm], columns, rows, [w, h], gapXMm]: Row,
): Sheet {
  const size = { labelWidthMm: w, labelHeightMm: h, pitchXMm: w + gapXMm, pitchYMm: h };
  return { name, pageWidthMm, pageHeightMm, columns, rows, ...size };
}

/** To be cut: labels side by side, within what office printers can print on. */
function plainOf(text: string): Sheet | null {
  const [, paper, columns, rows] = /^(a4|letter)(?:-(\d{1,2})x(\d{1,2}))?$/.exec(text) ?? [];
  if (paper === undefined) return null;
  const page = paper === 'a4' ? A4 : LETTER;
  const [across, down] = [Number(columns ?? PLAIN.columns), Number(rows ?? PLAIN.rows)];
  const size = [(page[0] - 2 * EDGE_MM) / across, (page[1] - 2 * EDGE_MM) / down] as const;
  return size.every(side => side >= SMALLEST_MM && side <= LARGEST_MM)
    ? sheetOfFormat(text, [page, across, down, size, 0])
    : null;
}

function rollOf(text: string): Sheet | null {
  const [, width, height] = /^(\d{1,3}(?:\.\d{1,2})?)x(\d{1,3}(?:\.\d{1,2})?)$/.exec(text) ?? [];
  const sides = [Number(width), Number(height)] as const;
  if (!sides.every(side => side >= SMALLEST_MM && side <= LARGEST_MM)) return null;
  return sheetOfFormat(text, [sides, 1, 1, sides, 0]);
}
