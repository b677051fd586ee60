// CSV with a heading, in both directions: rows of a maker's file with their line numbers, and rows for a spreadsheet.
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { Failure } from './failure.js';

export interface CsvRow {
  /** As an editor counts, from 1. */
  readonly line: number;
  /** By heading, in lower case. */
  readonly cells: Readonly<Record<string, string | undefined>>;
}

/** @throws Failure `file-unreadable`, or `invalid-request` with the line for what is no CSV. */
export async function* csvRows(file: string): AsyncGenerator<CsvRow, void> {
  const parser = parse({
    bom: true,
    columns: (headings: string[]) => headings.map(heading => heading.trim().toLowerCase()),
    info: true,
    skip_empty_lines: true,
    trim: true,
  });
  // What breaks the file's stream breaks the parser's, which a plain pipe would leave waiting.
  pipeline(createReadStream(file), parser, () => {});
  try {
    for await (const { record, info } of parser) yield { line: info.lines, cells: record };
  } catch (error) {
    throw failureOf(file, error);
  }
}

/** A line of RFC 4180, with a plain line feed. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function failureOf(file: string, error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error);
  return 'lines' in Object(error)
    ? new Failure('invalid-request', { sentence: `${file} is not CSV: ${reason}` })
    : new Failure('file-unreadable', { sentence: `${file} cannot be read: ${reason}` });
}
