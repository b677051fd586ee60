// A program under measurement: a process of its own, started, listened to, weighed and ended.
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** Linux counts processor time in ticks of 10 ms (USER_HZ, which is 100 on every platform that Node runs on). */
const tickMs = 10;
const endMs = 10_000;
const ended = Symbol('ended');

export interface ProgramOptions {
  /** All that it gets of an environment; its parent's when left out. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it is a Node program that exchanges messages with us. */
  readonly talks?: boolean;
}

export class Program {
  private readonly heard = { stdout: '', stderr: '' };
  private readonly closed: Promise<unknown>;

  private constructor(readonly child: ChildProcess) {
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        this.heard[name] = (this.heard[name] + text).slice(-20_000);
      });
    }
    this.closed = once(child, 'close');
    running.add(this);
    void this.closed.then(() => running.delete(this));
  }

  static start(
    command: string,
    args: readonly string[],
    { environment, talks }: ProgramOptions = {},
  ): Program {
    const stdio: StdioOptions = talks ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'];
    return new Program(spawn(command, args, { env: environment, stdio, serialization: 'advanced' }));
  }

  /** What it wrote lately, once that matches. @throws when it ends before. */
  async said(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string> {
    while (!pattern.test(this.heard[stream])) {
      const next = this.child[stream];
      await Promise.race([next ? once(next, 'data') : this.closed, this.closed]);
      if (this.hasEnded)
        throw new Error(`${this.child.spawnfile} ended: ${this.heard.stderr || this.heard.stdout}`);
    }
    return this.heard[stream];
  }

  /** The next message of a program that talks. @throws when it ends before. */
  async message(): Promise<unknown> {
    const [message] = await Promise.race([once(this.child, 'message'), this.closed.then(() => [ended])]);
    if (message === ended) throw new Error(`${this.child.spawnfile} ended: ${this.heard.stderr}`);
    return message;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Processor time so far, of all its threads, in milliseconds. */
  get cpuMs(): number {
    const [, rest = ''] = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ');
    const fields = rest.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  }

  /** Resident memory in bytes. */
  get residentBytes(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
  }

  /** In order; after ten seconds without. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    this.child.kill('SIGTERM');
    const patience = setTimeout(() => this.child.kill('SIGKILL'), endMs);
    await this.closed;
    clearTimeout(patience);
  }

  async kill(): Promise<void> {
    if (this.hasEnded) return;
    this.child.kill('SIGKILL');
    await this.closed;
  }
}

const running = new Set<Program>();

/** Ends whatever still runs, also when the benchmark itself is broken off. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map(program => program.stop()));
}

process.once('exit', () => {
  for (const { child } of running) child.kill('SIGKILL');
});
