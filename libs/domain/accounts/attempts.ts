// Attempts at something secret: after some free ones each failure doubles the wait, for every key it is counted under.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';

/** Failures without a wait. */
export const freeFailures = 5;
const firstWaitMs = 1_000;
const longestWaitMs = 5 * 60_000;
/** A key that was quiet for this long starts afresh. */
const forgetAfterMs = 60 * 60_000;
/** Keys in memory; past it the one that was quiet longest is forgotten. */
const capacity = 20_000;

interface Count {
  readonly failures: number;
  readonly at: number;
}

/** In memory: a restart forgives. Keys say what they count, as in `mail ada@example.org`. */
@Injectable()
export class Attempts {
  private readonly counts = new Map<string, Count>();

  constructor(private readonly clock: Clock) {}

  /**
   * Counts an attempt as failed before its outcome is known, so that a thousand at once are not all free.
   * @throws DomainError `too-many-attempts` while one of the keys has to wait; then nothing is counted.
   */
  begin(keys: readonly string[]): void {
    const waitMs = Math.max(...keys.map(key => this.waitMs(key)));
    if (waitMs > 0) throw new DomainError('too-many-attempts', { retryAfterS: Math.ceil(waitMs / 1000) });
    for (const key of keys) this.put(key, this.failures(key) + 1);
  }

  /** Takes back what `begin` counted: whoever succeeds once is not forgiven the failures before it. */
  forgive(keys: readonly string[]): void {
    for (const key of keys) this.put(key, Math.max(0, this.failures(key) - 1));
  }

  /** Forgets a key: its rightful owner has come. */
  clear(key: string): void {
    this.counts.delete(key);
  }

  private waitMs(key: string): number {
    const over = this.failures(key) - freeFailures;
    if (over < 0) return 0;
    const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** over);
    return (this.counts.get(key)?.at ?? 0) + waitMs - this.clock.now();
  }

  private failures(key: string): number {
    const count = this.counts.get(key);
    return count && this.clock.now() - count.at < forgetAfterMs ? count.failures : 0;
  }

  /** At the end of the map's order, so that its beginning is what was quiet longest. */
  private put(key: string, failures: number): void {
    this.counts.delete(key);
    if (failures === 0) return;
    this.counts.set(key, { failures, at: this.clock.now() });
    for (const oldest of this.counts.keys()) {
      if (this.counts.size <= capacity) break;
      this.counts.delete(oldest);
    }
  }
}
