// A printed label as SVG: the symbol, and beneath it what a person reads: product, serial, spoken code.
import { QUIET_ZONE, type SymbolMatrix, symbolMatrix } from './symbol.js';
import { fitted, type Line, textLine, xmlText } from './text-line.js';

/** What stands on a label. */
export interface Label {
  /** The symbol's text, as `ticketUrl` makes it. */
  readonly url: string;
  /** The ticket's spoken form, groups joined by hyphens. */
  readonly spoken: string;
  readonly serial: string;
  /** In the language of the people who will hold it. */
  readonly productName: string;
}

const DEFAULT_MODULE_PX = 8;

/** Heights in modules; a module is some 0.4 mm on paper. */
const NAME_SIZE = 3.2;
const SMALL_SIZE = 2.6;
const LEADING = 1.35;
const BOTTOM = 2;

/** Groups of a spoken code on one line; the rest goes on the next, where it is still large enough to read. */
const GROUPS_A_LINE = 4;

/** The whole label. Measured in modules (the viewBox); `modulePx` says how large it is shown at 100 %. */
export function labelSvg(
  label: Label,
  { modulePx = DEFAULT_MODULE_PX }: { readonly modulePx?: number } = {},
): string {
  const matrix = symbolMatrix(label.url);
  const { texts, height } = setLines(linesOf(label), matrix.size);
  const [width, full] = [matrix.size, round(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * modulePx}" height="${round(full * modulePx)}" viewBox="0 0 ${width} ${full}" role="img">`,
    `<title>${xmlText(`${label.productName} ${label.serial}`)}</title>`,
    `<rect width="${width}" height="${full}" fill="#fff"/>`,
    `<path d="${modulePath(matrix)}" fill="#000" shape-rendering="crispEdges"/>`,
    ...texts,
    '</svg>',
    '',
  ].join('\n');
}

function linesOf({ productName, serial, spoken }: Label): Line[] {
  const groups = spoken.split('-');
  return [
    { text: productName, size: NAME_SIZE, face: 'sans-serif', weight: 700 },
    { text: serial, size: SMALL_SIZE, face: 'monospace', weight: 400 },
    { text: groups.slice(0, GROUPS_A_LINE).join('-'), size: SMALL_SIZE, face: 'monospace', weight: 400 },
    { text: groups.slice(GROUPS_A_LINE).join('-'), size: SMALL_SIZE, face: 'monospace', weight: 400 },
  ];
}

/** The lines under the symbol, each as wide as the symbol without its quiet zone at most. */
function setLines(lines: readonly Line[], side: number): { texts: string[]; height: number } {
  let height = side;
  const texts = lines
    .filter(line => line.text !== '')
    .map(line => {
      const set = fitted(line, side - 2 * QUIET_ZONE);
      const baseline = round(height + set.size);
      height += line.size * LEADING;
      return textLine(set, side / 2, baseline);
    });
  return { texts, height: height + BOTTOM };
}

/** One rectangle a run of dark modules in a row. */
function modulePath(matrix: SymbolMatrix): string {
  const rows = Array.from({ length: matrix.size }, (_, row) => {
    const modules = Array.from({ length: matrix.size }, (_, column) =>
      matrix.isDark(row, column) ? '1' : '0',
    );
    const runs = modules.join('').matchAll(/1+/g);
    return Array.from(runs, ({ index, 0: { length } }) => `M${index} ${row}h${length}v1h-${length}z`).join(
      '',
    );
  });
  return rows.join('');
}

function round(modules: number): number {
  return Math.round(modules * 100) / 100;
}
