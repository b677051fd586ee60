// Every stable error code stands in the table of HTTP statuses, in the table of exit statuses, and in docs/errors.md.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { exitStatuses } from '#apps/cli';
import { errorCodes, errorTitles } from '#codecs/api';
import { ownErrorTitles } from '../apps/cli/exit-status.js';
import { problemStatuses } from '../apps/gateway/http/problem-statuses.js';
import { checkout } from './program.js';

type Row = readonly [code: string, http: string, exit: string, meaning: string];

const expected: readonly Row[] = [
  ...errorCodes.map(
    (code): Row => [code, String(problemStatuses[code]), String(exitStatuses[code]), errorTitles[code]],
  ),
  ...Object.entries(ownErrorTitles).map(
    ([code, title]): Row => [code, '—', String(exitStatuses[code as keyof typeof ownErrorTitles]), title],
  ),
];

/** The rows of the document's table of codes, whose cells may be padded. */
function rowsOf(document: string): Row[] {
  return document
    .split('\n')
    .filter(line => /^\| `/.test(line))
    .map(line => line.split('|').slice(1, -1))
    .map(
      ([code = '', http = '', exit = '', ...meaning]): Row => [
        code.trim().replaceAll('`', ''),
        http.trim(),
        exit.trim(),
        meaning.join('|').trim(),
      ],
    );
}

describe('every error code', () => {
  it.each(errorCodes)('%s has one HTTP status of a failure and one exit status that is not 0', code => {
    expect(problemStatuses[code]).toBeGreaterThanOrEqual(400);
    expect(problemStatuses[code]).toBeLessThan(600);
    expect(exitStatuses[code]).toBeGreaterThanOrEqual(64);
    expect(exitStatuses[code]).toBeLessThanOrEqual(78);
  });

  it('stands in docs/errors.md with its statuses and its meaning, and no other does', async () => {
    const rows = rowsOf(await readFile(join(checkout, 'docs/errors.md'), 'utf8'));
    const missing = expected.filter(row => !rows.some(other => String(other) === String(row)));
    // These lines are what the document wants.
    expect(missing.map(([code, ...cells]) => `| \`${code}\` | ${cells.join(' | ')} |`)).toEqual([]);
    expect(rows.map(([code]) => code)).toEqual(expected.map(([code]) => code));
  });

  it('has a sentence that a person can read', () => {
    for (const [code, , , meaning] of expected)
      expect([code, meaning]).toEqual([code, expect.stringMatching(/^[A-Z].*[.?]$/)]);
  });
});
