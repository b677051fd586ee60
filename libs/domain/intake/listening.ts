// Since when this gateway has listened without a break: before that, a device's silence proves nothing.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';

/** Between two looks at the clock, which are a second apart: an event loop that is busy for so long does not exist. */
const longestPauseMs = 15_000;

@Injectable()
export class Listening {
  private from: number;
  private lookedAt: number;

  constructor(private readonly clock: Clock) {
    this.from = clock.now();
    this.lookedAt = this.from;
  }

  get since(): number {
    return this.from;
  }

  /**
   * Called about every second. A clock that has gone back, or much further than that, was set, or the machine slept:
   * either way nobody knows how long nothing was heard. @returns whether it was so.
   */
  look(): boolean {
    const now = this.clock.now();
    const passedMs = now - this.lookedAt;
    this.lookedAt = now;
    const hasJumped = passedMs < 0 || passedMs > longestPauseMs;
    if (hasJumped) this.from = now;
    return hasJumped;
  }
}
