// Plain text in columns, for people; Chinese characters take two cells, and nothing that was stored drives the terminal.

export type Row = readonly string[];

const gap = '  ';

/** Characters that a terminal draws two cells wide (Unicode East Asian Width W and F, in what names are made of). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Headings in the first line, then a line a row; a line feed after each. */
export function table(headings: Row, rows: readonly Row[]): string {
  const lines = [headings, ...rows].map(cells => cells.map(harmless));
  const widths = headings.map((_, column) => Math.max(...lines.map(cells => widthOf(cells[column] ?? ''))));
  return lines
    .map(
      cells =>
        `${cells
          .map((cell, i) => padded(cell, widths[i] ?? 0))
          .join(gap)
          .trimEnd()}\n`,
    )
    .join('');
}

/** A name and what it is on each line; pairs without a value are left out. */
export function facts(pairs: readonly (readonly [name: string, value: string | null | undefined])[]): string {
  const told = pairs.filter((pair): pair is readonly [string, string] => Boolean(pair[1]));
  const width = Math.max(0, ...told.map(([name]) => widthOf(name)));
  return told.map(([name, value]) => `${padded(name, width)}${gap}${harmless(value)}\n`).join('');
}

/** `2026-11-21 09:05:00`, in the time zone of whoever reads it. */
export function timeText(timeMs: number): string {
  return new Date(timeMs).toLocaleString('sv-SE');
}

/** A name that somebody gave a device may hold escape sequences. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd');
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

function widthOf(text: string): number {
  return Array.from(text, character => (wide.test(character) ? 2 : 1)).reduce((sum, cells) => sum + cells, 0);
}
