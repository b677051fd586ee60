// One command as its spec types it, what it asks of the gateway, and what it says.
import type { Answers } from '../gateway.fixture.js';

export interface Case {
  readonly line: string;
  readonly answers: Answers;
  /** The last call, as the gateway saw it. */
  readonly asks: { readonly name: string; readonly url?: string; readonly body?: unknown };
  /** What a person must be able to read. */
  readonly says: readonly (string | RegExp)[];
  /** What the JSON document is. */
  readonly json: unknown;
}
