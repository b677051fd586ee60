// strace on a process that runs: what it asks of the kernel, and what the kernel is made to answer.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { until } from './condition.js';
import { describeWith } from './needs.js';

export const describeWithStrace = describeWith(
  'TEST_STRACE',
  'strace, and the right to look at a process (.ci/services start FOLDER prints TEST_STRACE where both are there)',
);

export class Strace {
  private constructor(
    private readonly child: ChildProcess,
    private readonly output: string,
  ) {}

  /**
   * Resolves when the process is being looked at.
   * @param output file for what is seen
   */
  static async attach(pid: number, output: string, options: readonly string[]): Promise<Strace> {
    const child = spawn(process.env.TEST_STRACE ?? '', ['-o', output, '-p', String(pid), ...options], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await until('strace has attached', () => {
      if (child.exitCode !== null) throw new Error(`strace ended with ${child.exitCode}: ${said}`);
      return said.includes('attached');
    });
    return new Strace(child, output);
  }

  /** Lets the process go. @returns what was seen, a line a call. */
  async detach(): Promise<string> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'close');
      this.child.kill('SIGINT');
      await gone;
    }
    return readFile(this.output, 'utf8');
  }
}
