// Types a command line in a test and keeps what came of it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, type Terminal } from './index.js';
import type { Environment } from './settings.js';

export interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface Typing {
  readonly environment?: Environment;
  /** What stands on standard input. */
  readonly input?: string;
  /** Somebody watches standard error. */
  readonly redraws?: boolean;
  /** Answers to questions, in order; without them there is nobody to ask. */
  readonly answers?: readonly string[];
}

/** Runs `airbind` with these words; the environment is empty but for what is given. */
export async function typed(words: readonly string[], typing: Typing = {}): Promise<Outcome> {
  const { environment = {}, input = '', redraws = false, answers } = typing;
  const told = { out: '', err: '' };
  const left = [...(answers ?? [])];
  const terminal: Terminal = {
    write: text => {
      told.out += text;
    },
    complain: text => {
      told.err += text;
    },
    redraws,
    canAsk: answers !== undefined,
    ask: async () => left.shift() ?? '',
    readInput: async () => input,
  };
  const status = await run(words, { terminal, environment });
  return { status, ...told };
}

/** A folder that is gone when the callback has ended. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'airbind-cli-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
