// Programs of the checkout as processes of their own, for specs: built, started, and heard to their end.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const checkout = join(import.meta.dirname, '..');

export interface Ended {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Program {
  private readonly heard = { stdout: '', stderr: '' };
  private readonly closed: Promise<Ended>;

  private constructor(private readonly child: ChildProcess) {
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        this.heard[name] += text;
      });
    }
    this.closed = once(child, 'close').then(([status]) => ({ status, ...this.heard }));
  }

  /** @param environment is all that it gets, beside the path and a home of nobody's */
  static start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
    const env = { PATH: process.env.PATH, HOME: '/nonexistent', ...environment };
    return new Program(
      spawn(process.execPath, args, { cwd: checkout, env, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  }

  static run(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ended> {
    return Program.start(args, environment).ended();
  }

  /** @throws when it could not be started. */
  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the program has no process');
    return this.child.pid;
  }

  /** What it has said on standard error so far. */
  get complaints(): string {
    return this.heard.stderr;
  }

  ended(): Promise<Ended> {
    return this.closed;
  }

  signal(name: 'SIGTERM' | 'SIGKILL'): Promise<Ended> {
    this.child.kill(name);
    return this.closed;
  }

  /** All of standard output once it matches. @throws when the program ends before. */
  async said(pattern: RegExp): Promise<string> {
    const { stdout } = this.child;
    while (!pattern.test(this.heard.stdout)) {
      const ended = await Promise.race([stdout && once(stdout, 'data').then(() => null), this.closed]);
      if (ended && !pattern.test(ended.stdout)) {
        throw new Error(`the program ended with ${ended.status}: ${ended.stderr || ended.stdout}`);
      }
    }
    return this.heard.stdout;
  }
}

/** Brings dist up to date; processes that do so at the same time wait for each other. */
export async function build(): Promise<void> {
  const { status, stderr } = await Program.run(['apps/run.mjs', '--build-only']);
  if (status !== 0) throw new Error(`the build ended with ${status}: ${stderr}`);
}
