// Lets a spec say what it needs from the machine, and says aloud when it is skipped for the lack of it.
import { describe, expect } from '@jest/globals';

const told = new Set<string>();

/**
 * `describe` when the environment variable is set, `describe.skip` when it is not; the reason goes to stderr, once
 * for each spec file.
 * @param variable for example `TEST_POSTGRES_URL` or `TEST_CHROMIUM`
 * @param what for people, with the way out: `PostgreSQL (set TEST_POSTGRES_URL to a database for tests)`
 */
export function describeWith(variable: string, what: string): typeof describe | typeof describe.skip {
  if (process.env[variable]) return describe;
  if (!told.has(variable)) {
    told.add(variable);
    process.stderr.write(`skipped: ${specName()} needs ${what}\n`);
  }
  return describe.skip;
}

const specName = (): string => expect.getState().testPath?.replace(`${process.cwd()}/`, '') ?? 'this spec';
