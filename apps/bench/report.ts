// How a benchmark speaks: progress on stderr, tables on stdout, and one line of JSON last.
import { cpus } from 'node:os';

export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => say(`| ${cells.join(' | ')} |`);
  line(head);
  line(head.map(() => '---'));
  rows.forEach(line);
}

/** What the figures were measured on. */
export function machine() {
  return { processors: cpus().length, node: process.versions.node };
}

export function closing(bench: string, figures: Readonly<Record<string, unknown>>): void {
  say(JSON.stringify({ bench, ...machine(), ...figures }));
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** Of at least one number; between two of them, the lower for a median of an even count is as good as the upper. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function rounded(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}
