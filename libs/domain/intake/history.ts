// The history of a device: read back by who may, in buckets of their choice, and forgotten when its time is over.
import { Injectable } from '@nestjs/common';
import {
  type DeviceEventsView,
  durationMs,
  type EventsQuery,
  type HistoryQuery,
  type HistoryView,
  mostBuckets,
  mostEvents,
  type Product,
} from '#codecs/api';
import type { Binding } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { FileRoom } from './file-room.js';
import { type HistoryEnds, HistoryStore, historySteps } from './history.store.js';

const dayMs = 86_400_000;

/** How many days each part is kept at least. */
export abstract class HistoryTerms {
  /** Readings in the fine width. */
  abstract readonly detailDays: number;
  /** Readings in the coarse width, and events. */
  abstract readonly days: number;
  /** The input log. */
  abstract readonly inputDays: number;
}

/** A device in the time of one owner. */
type Period = Pick<Binding, 'deviceId' | 'epoch'>;

@Injectable()
export class History {
  constructor(
    private readonly store: HistoryStore,
    private readonly files: FileRoom,
    private readonly terms: HistoryTerms,
    private readonly clock: Clock,
  ) {}

  /**
   * In the time of one owner: what was measured before is nobody's any more.
   * @throws DomainError `not-found`; `invalid-request` for a reading that is not declared, or too many buckets
   */
  async buckets({ deviceId, epoch }: Period, query: HistoryQuery): Promise<HistoryView> {
    const { reading } = query;
    const { unit } = declared(await this.productOf(deviceId), reading);
    const span = wholeBuckets(query);
    const buckets = await this.store.buckets({ deviceId, epoch, reading, ...span });
    const ends = this.ends();
    const keptSince = span.stepMs === historySteps.fineMs ? ends.fine : ends.coarse;
    const { from, to, bucketMs } = span;
    return { reading, unit, from, to, bucketMs, keptSince, buckets };
  }

  /** As `buckets`, for changes of bits and what the device reported. */
  async events({ deviceId, epoch }: Period, { from, to }: EventsQuery): Promise<DeviceEventsView> {
    const found = await this.store.events({ deviceId, epoch, from, to, limit: mostEvents + 1 });
    const events = found.slice(0, mostEvents);
    return { from, to, keptSince: this.ends().events, events, more: found.length > events.length };
  }

  /** Forgets what is older than the terms. */
  async prune(signal: AbortSignal): Promise<void> {
    await this.store.prune(this.ends(), signal);
  }

  private async productOf(deviceId: string): Promise<Product> {
    const [file] = await this.files.openAll([deviceId]);
    if (file === undefined) throw new DomainError('not-found');
    return file.product;
  }

  /** At midnight (UTC), so that a day's rows go together, and the rest of the day there is nothing to do. */
  private ends(): HistoryEnds {
    const now = this.clock.now();
    const before = (days: number) => Math.max(0, now - (now % dayMs) - days * dayMs);
    const { detailDays, days, inputDays } = this.terms;
    return {
      ahead: now + dayMs,
      fine: before(detailDays),
      coarse: before(days),
      events: before(days),
      inputs: before(inputDays),
    };
  }
}

function declared({ readings }: Product, name: string): Product['readings'][number] {
  const reading = readings.find(each => each.name === name);
  if (reading !== undefined) return reading;
  const names = readings.map(each => each.name).join(', ');
  throw faulty('reading', `is not declared by the product, which has ${names || 'none'}`);
}

/** The range widened to whole buckets, and the widest kept width that they can be made of. */
function wholeBuckets({ from, to, bucket }: HistoryQuery) {
  const bucketMs = durationMs(bucket) ?? 0;
  const { fineMs, coarseMs } = historySteps;
  const stepMs = bucketMs % coarseMs === 0 ? coarseMs : fineMs;
  const begin = from - (from % stepMs);
  const count = Math.ceil((to - begin) / bucketMs);
  if (count > mostBuckets)
    throw faulty('bucket', `makes ${count} buckets of this range, and ${mostBuckets} are given at once`);
  return { stepMs, bucketMs, from: begin, to: begin + count * bucketMs };
}

function faulty(field: string, message: string): DomainError {
  return new DomainError('invalid-request', { faults: [{ field, message }] });
}
