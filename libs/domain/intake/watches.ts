// Who looks at which device right now: a live trace costs something only for a device that somebody watches.
import { Injectable } from '@nestjs/common';
import type { Trace } from '#codecs/api';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';

/** Of all devices together. */
const mostWatchers = 20;

/** What happened, without its time. */
export type Happening = Trace extends infer T ? (T extends Trace ? Omit<T, 'at'> : never) : never;

type Watcher = (trace: Trace) => void;

@Injectable()
export class Watches {
  private readonly watchers = new Map<string, Set<Watcher>>();

  constructor(private readonly clock: Clock) {}

  isWatched(deviceId: string): boolean {
    return this.watchers.size > 0 && this.watchers.has(deviceId);
  }

  /** @returns what ends it. @throws DomainError `too-many-attempts` when as many watch as may. */
  watch(deviceId: string, watcher: Watcher): () => void {
    const watching = [...this.watchers.values()].reduce((sum, { size }) => sum + size, 0);
    if (watching >= mostWatchers) throw new DomainError('too-many-attempts', { retryAfterS: 60 });
    const ofDevice = this.watchers.get(deviceId) ?? new Set();
    this.watchers.set(deviceId, ofDevice.add(watcher));
    return () => {
      ofDevice.delete(watcher);
      if (ofDevice.size === 0) this.watchers.delete(deviceId);
    };
  }

  tell(deviceId: string, happening: Happening): void {
    const ofDevice = this.watchers.get(deviceId);
    if (ofDevice === undefined) return;
    const trace = { ...happening, at: this.clock.now() } as Trace;
    for (const watcher of ofDevice) watcher(trace);
  }
}
