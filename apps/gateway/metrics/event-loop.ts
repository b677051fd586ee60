// How long the event loop is held up: while it is, no device is read and no alarm is told.
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

/** The sampler's own interval, which it counts as delay. */
const resolutionMs = 5;

@Injectable()
export class EventLoop implements OnApplicationShutdown {
  private readonly delays: IntervalHistogram = monitorEventLoopDelay({ resolution: resolutionMs });

  constructor() {
    this.delays.enable();
  }

  /** Since the start. */
  get longestBlockMs(): number {
    return beyondResolution(this.delays.max);
  }

  /** Since the start; `share` from 0 to 1. */
  delayMs(share: number): number {
    return this.delays.count === 0 ? 0 : beyondResolution(this.delays.percentile(share * 100));
  }

  onApplicationShutdown(): void {
    this.delays.disable();
  }
}

function beyondResolution(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - resolutionMs);
}
