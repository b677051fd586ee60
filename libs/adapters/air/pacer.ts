// Keeps the times of a row of datagrams: each is due since the start, so that no lateness adds up.
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

/** So late, and the start is moved: catching up would send a burst that no radio keeps. */
const GIVE_UP_MS = 40;
/** A timer may be this much too early or too late; shorter waits are not worth one. */
const GRAIN_MS = 1;

/** Waits for due times, and remembers how late each was. */
export class Pacer {
  private startMs = performance.now();
  private readonly latenesses: number[] = [];

  /** Waits until so many milliseconds after the start; returns at once when it is late. */
  async until(atMs: number, signal: AbortSignal): Promise<void> {
    const waitMs = this.startMs + atMs - performance.now();
    if (waitMs > GRAIN_MS) await sleep(waitMs - GRAIN_MS / 2, undefined, { signal });
    else await turn(undefined, { signal });
    this.note(performance.now() - this.startMs - atMs);
  }

  /** Everything that is still due is due so much later. */
  delay(byMs: number): void {
    this.startMs += byMs;
  }

  /** Milliseconds by which datagrams were late. */
  get lateness(): { median: number; p99: number; worst: number } {
    const sorted = this.latenesses.toSorted((a, b) => a - b);
    const quantile = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return { median: quantile(0.5), p99: quantile(0.99), worst: quantile(1) };
  }

  private note(latenessMs: number): void {
    this.latenesses.push(Math.max(0, latenessMs));
    if (latenessMs > GIVE_UP_MS) this.delay(latenessMs);
  }
}
