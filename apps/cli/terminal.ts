// The person's end of a command: text out, complaints beside it, questions with or without an echo.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Failure } from './failure.js';

/** What a command needs of the world it was typed in; tests bring their own. */
export interface Terminal {
  /** Answers: the only thing that goes to standard output. */
  write(text: string): void;
  /** Sentences beside the answer: progress, warnings, failures. */
  complain(text: string): void;
  /** Whether a complaint can be written over: somebody watches, and no file keeps it. */
  readonly redraws: boolean;
  /** Whether somebody is there to be asked. */
  readonly canAsk: boolean;
  /** `secret`: what is typed is not shown. */
  ask(question: string, options?: { readonly secret?: boolean }): Promise<string>;
  /** All of standard input. */
  readInput(): Promise<string>;
}

/** The terminal of this process. */
export const processTerminal: Terminal = {
  write: text => void process.stdout.write(text),
  complain: text => void process.stderr.write(text),
  redraws: Boolean(process.stderr.isTTY),
  canAsk: Boolean(process.stdin.isTTY && process.stderr.isTTY),
  ask: async (question, { secret = false } = {}) => {
    const output = secret ? silence() : process.stderr;
    // From here on the terminal does not echo by itself, so that not even an early key of a password is shown.
    const lines = createInterface({ input: process.stdin, output, terminal: true });
    if (secret) process.stderr.write(question);
    const ended = new AbortController();
    lines.once('close', () => ended.abort());
    lines.once('SIGINT', () => {
      lines.close();
      process.kill(process.pid, 'SIGINT');
    });
    try {
      return await lines.question(secret ? '' : question, { signal: ended.signal });
    } catch {
      throw new Failure('usage', { sentence: 'Nothing was typed.' });
    } finally {
      lines.close();
      if (secret) process.stderr.write('\n');
    }
  },
  readInput: () => text(process.stdin),
};

function silence(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
