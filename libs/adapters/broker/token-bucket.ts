// A token bucket: so many a second, with a burst, and a debt that says how long to wait.

export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly perS: number,
    private readonly burst: number,
    private readonly nowMs: () => number = monotonicMs,
  ) {
    this.tokens = burst;
    this.filledAt = nowMs();
  }

  /** Takes one, into debt if there is none: what has been taken in cannot be sent back. True without a debt. */
  take(now = this.nowMs()): boolean {
    this.refill(now);
    this.tokens -= 1;
    return this.tokens >= 0;
  }

  /** Milliseconds until the debt is paid; 0 when there is none. */
  debtMs(): number {
    this.refill();
    return this.tokens >= 0 ? 0 : Math.ceil((-this.tokens / this.perS) * 1000);
  }

  isEmpty(): boolean {
    this.refill();
    return this.tokens < 1;
  }

  isFull(): boolean {
    this.refill();
    return this.tokens >= this.burst;
  }

  private refill(now = this.nowMs()): void {
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filledAt) / 1000) * this.perS);
    this.filledAt = now;
  }
}

/** Milliseconds of a clock that nobody can set. */
export function monotonicMs(): number {
  return performance.now();
}
