// A line of text in an SVG: centred, small enough for its width, and safe whatever it says.

/** Sizes in the user units of the drawing. */
export interface Line {
  readonly text: string;
  readonly size: number;
  readonly face: 'sans-serif' | 'monospace';
  readonly weight: 400 | 700;
}

/** Em widths, on the wide side, since the font is only known where the label is printed. */
const LATIN_EM = 0.62;
const WIDE_EM = 1;
/** Scripts whose letters fill a square, their punctuation and full-width forms. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML 1.0 §2.2 does not allow as a character, half surrogate pairs among it. */
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The line in the largest size, up to its own, that fits into `width`. */
export function fitted(line: Line, width: number): Line {
  const natural = line.size * widthInEms(line.text);
  return natural <= width ? line : { ...line, size: (line.size * width) / natural };
}

/** How wide a text is at a size of 1. */
export function widthInEms(text: string): number {
  const ems = Array.from(text, character => (WIDE.test(character) ? WIDE_EM : LATIN_EM));
  return ems.reduce((sum, em) => sum + em, 0);
}

/** A `<text>` element centred on `x`. */
export function textLine({ text, size, face, weight }: Line, x: number, baseline: number): string {
  const type = `font-family="${face}" font-size="${Number(size.toFixed(2))}" font-weight="${weight}"`;
  return `<text x="${x}" y="${baseline}" text-anchor="middle" ${type}>${xmlText(text)}</text>`;
}

/** Text for between or inside tags; what XML cannot hold becomes U+FFFD. */
export function xmlText(text: string): string {
  return text.replace(NO_CHARACTER, '\ufffd').replace(/[&<>"']/g, character => ESCAPES[character] ?? '');
}
