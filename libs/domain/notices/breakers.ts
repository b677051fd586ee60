// Circuit breakers: an endpoint or provider that failed again and again is asked by one message at a time, none in between.

/** Failures in a row after which nothing goes there for a while. */
const mostFailures = 5;
const firstPauseMs = 30_000;
/** One that asks takes no longer. */
const askingMs = 30_000;
/** Past it the one that failed longest ago is forgotten. */
const capacity = 100_000;

interface Breaker {
  readonly failures: number;
  /** Until when nothing goes there. */
  readonly openUntil: number;
}

const whole: Breaker = { failures: 0, openUntil: 0 };

export class Breakers {
  private readonly broken = new Map<string, Breaker>();

  /** @param longestPauseMs a pause begins with 30 s and doubles up to this */
  constructor(private readonly longestPauseMs: number) {}

  /**
   * Whether one may go there now. Of those that wait for a broken one to be asked again, the first one asks.
   * @returns null, or when to come again
   */
  refuses(key: string, now: number): number | null {
    const breaker = this.broken.get(key);
    if (breaker === undefined || breaker.openUntil === 0) return null;
    if (breaker.openUntil > now) return breaker.openUntil;
    if (breaker.failures >= mostFailures) this.put(key, { ...breaker, openUntil: now + askingMs });
    return null;
  }

  succeeded(key: string): void {
    this.broken.delete(key);
  }

  failed(key: string, now: number): void {
    const failures = (this.broken.get(key) ?? whole).failures + 1;
    const openUntil = failures < mostFailures ? 0 : now + this.pauseMs(failures - mostFailures);
    this.put(key, { failures, openUntil });
  }

  /** The other side asked for it. */
  pause(key: string, until: number): void {
    this.put(key, { ...(this.broken.get(key) ?? whole), openUntil: until });
  }

  private pauseMs(times: number): number {
    return Math.min(this.longestPauseMs, firstPauseMs * 2 ** times);
  }

  private put(key: string, breaker: Breaker): void {
    this.broken.delete(key);
    this.broken.set(key, breaker);
    if (this.broken.size <= capacity) return;
    const [oldest] = this.broken.keys();
    if (oldest !== undefined) this.broken.delete(oldest);
  }
}
