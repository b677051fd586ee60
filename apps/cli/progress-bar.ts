// How far a long command is: one line that is written over, or a line for every tenth where nobody watches.
import type { Terminal } from './terminal.js';

const cells = 24;
/** Between two drawings. */
const drawMs = 100;

export class ProgressBar {
  private readonly startedAt = performance.now();
  private readonly begun: number;
  private drawnAt = Number.NEGATIVE_INFINITY;
  private line = '';

  /** @param what such as `Making devices`; @param done what was there before: it says nothing of the pace */
  constructor(
    private readonly terminal: Terminal,
    private readonly what: string,
    private readonly total: number,
    private done = 0,
  ) {
    this.begun = done;
  }

  to(done: number): void {
    const tenthBefore = this.tenth();
    const isAllAtOnce = this.done === this.begun && done === this.total;
    this.done = done;
    if (this.terminal.redraws) this.draw();
    // What is over before anybody could wait for it needs no line.
    else if (this.tenth() > tenthBefore && !isAllAtOnce)
      this.terminal.complain(`${this.what}: ${this.count()}\n`);
  }

  /** Takes the line away; what comes next stands in its place. */
  end(): void {
    if (this.line !== '') this.terminal.complain(`\r${' '.repeat(this.line.length)}\r`);
    this.line = '';
  }

  private draw(): void {
    const now = performance.now();
    if (now - this.drawnAt < drawMs && this.done < this.total) return;
    this.drawnAt = now;
    const filled = Math.floor((this.done / this.total) * cells);
    const bar = '#'.repeat(filled).padEnd(cells, '.');
    const next = `${this.what} [${bar}] ${this.count()}${this.timeLeft(now)}`;
    this.terminal.complain(`\r${next.padEnd(this.line.length)}`);
    this.line = next;
  }

  private timeLeft(now: number): string {
    const pace = (this.done - this.begun) / (now - this.startedAt);
    const leftS = Math.round((this.total - this.done) / pace / 1000);
    if (!Number.isFinite(leftS) || leftS < 1) return '';
    return leftS < 60 ? `, ${leftS} s left` : `, ${Math.ceil(leftS / 60)} min left`;
  }

  private count(): string {
    return `${this.done} of ${this.total}`;
  }

  private tenth(): number {
    return Math.floor((this.done / this.total) * 10);
  }
}
