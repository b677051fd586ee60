// The last test of each endpoint: how long its provider took, and how long until it was seen to have arrived.
import { Injectable } from '@nestjs/common';
import type { TrialView } from '#codecs/api';
import { Clock } from '#domain/clock';
import type { Receipt } from './delivery.js';

/** In memory; past it the oldest is forgotten. */
const capacity = 10_000;

@Injectable()
export class Trials {
  private readonly trials = new Map<string, TrialView>();

  constructor(private readonly clock: Clock) {}

  of(endpointId: string): TrialView | null {
    return this.trials.get(endpointId) ?? null;
  }

  /** @returns the moment that names it. */
  begin(endpointId: string): number {
    const at = this.clock.now();
    this.trials.delete(endpointId);
    this.trials.set(endpointId, {
      at,
      outcome: 'under-way',
      detail: null,
      acceptedMs: null,
      arrivedMs: null,
    });
    for (const oldest of this.trials.keys()) {
      if (this.trials.size <= capacity) break;
      this.trials.delete(oldest);
    }
    return at;
  }

  end(endpointId: string, at: number, { outcome, detail }: Receipt): void {
    const acceptedMs = outcome === 'accepted' ? this.clock.now() - at : null;
    this.put(endpointId, at, { outcome, detail, acceptedMs });
  }

  /** The first sign of life counts. */
  arrived(endpointId: string, at: number): void {
    if (this.trials.get(endpointId)?.arrivedMs === null) {
      this.put(endpointId, at, { arrivedMs: this.clock.now() - at });
    }
  }

  private put(endpointId: string, at: number, change: Partial<TrialView>): void {
    const trial = this.trials.get(endpointId);
    if (trial?.at === at) this.trials.set(endpointId, { ...trial, ...change });
  }
}
