// Keeps the times of a row of datagrams: each is due since the start, so that no lateness adds up.
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { Timing } from '#domain/provisioning';

/** So late, and the start is moved: catching up would send a burst that no radio keeps. */
const GIVE_UP_MS = 40;
/** A timer may be this much too early or too late; shorter waits are not worth one. */
const GRAIN_MS = 1;

/** A clock that never goes back, and a timer as coarse as the system has it. */
export interface Timer {
  nowMs(): number;
  wait(forMs: number, signal: AbortSignal): Promise<void>;
}

const systemTimer: Timer = {
  nowMs: () => performance.now(),
  wait: (forMs, signal) =>
    forMs > GRAIN_MS ? sleep(forMs - GRAIN_MS / 2, undefined, { signal }) : turn(undefined, { signal }),
};

/** Waits for due times, and remembers when each really came. */
export class Pacer {
  private startMs: number;
  private readonly planned: number[] = [];
  private readonly kept: number[] = [];

  constructor(private readonly timer: Timer = systemTimer) {
    this.startMs = timer.nowMs();
  }

  /** Waits until so many milliseconds after the start; returns within a turn when it is late. */
  async until(atMs: number, signal: AbortSignal): Promise<void> {
    await this.timer.wait(this.startMs + atMs - this.timer.nowMs(), signal);
    const nowMs = this.timer.nowMs();
    this.planned.push(atMs);
    this.kept.push(nowMs);
    const lateMs = nowMs - this.startMs - atMs;
    if (lateMs > GIVE_UP_MS) this.delay(lateMs);
  }

  /** Everything that is still due is due so much later. */
  delay(byMs: number): void {
    this.startMs += byMs;
  }

  /** How the times were kept so far. */
  get timing(): Timing {
    const gaps = this.kept.slice(1).map((atMs, index) => atMs - (this.kept[index] ?? 0));
    const sorted = gaps.toSorted((a, b) => a - b);
    const quantile = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return {
      gapMs: { min: quantile(0), median: quantile(0.5), p99: quantile(0.99), max: quantile(1) },
      driftMs: lengthOf(this.kept) - lengthOf(this.planned),
    };
  }
}

const lengthOf = (times: readonly number[]): number => (times.at(-1) ?? 0) - (times[0] ?? 0);
