// What inputs that were written leave in the history: one row a bucket, however many of them fall into it.
import { historySteps, type InputRow } from '#domain/intake';
import type { BucketRow, EventRow, Series } from './entities/index.js';

type SeriesKey = Omit<Series, 'id'>;

/** A bucket's share of one batch; its series is named, not numbered. */
export interface BucketShare extends Omit<BucketRow, 'series'> {
  readonly of: SeriesKey;
}

export interface HistoryRows {
  readonly buckets: readonly BucketShare[];
  readonly events: readonly Omit<EventRow, 'id'>[];
}

type Growing = { -readonly [P in keyof BucketShare]: BucketShare[P] };
type Buckets = Map<string, Growing>;
type Sums = Pick<BucketShare, 'samples' | 'total' | 'lowest' | 'highest'>;

export function historyRows(inputs: readonly InputRow[]): HistoryRows {
  const { fineMs, coarseMs } = historySteps;
  const fine: Buckets = new Map();
  const events: Omit<EventRow, 'id'>[] = [];
  for (const { deviceId, epoch, at, recorded } of inputs) {
    if (recorded === undefined) continue;
    for (const [reading, value] of Object.entries(recorded.values)) {
      const sums = { samples: 1, total: value, lowest: value, highest: value };
      add(fine, { deviceId, epoch, reading }, fineMs, at, sums);
    }
    for (const { name, on, at: eventAt } of recorded.events)
      events.push({ deviceId, epoch, at: eventAt, name, state: on === null ? null : Number(on) });
  }
  // A coarse bucket is the sum of its fine ones, of which there are fewer than there are values.
  const coarse: Buckets = new Map();
  for (const share of fine.values()) add(coarse, share.of, coarseMs, share.start, share);
  return { buckets: [...inOrder(fine), ...inOrder(coarse)], events };
}

function add(buckets: Buckets, of: SeriesKey, stepMs: number, at: number, sums: Sums): void {
  const { samples, total, lowest, highest } = sums;
  const start = at - (at % stepMs);
  const key = `${of.deviceId}/${of.epoch}/${of.reading}/${start}`;
  const share = buckets.get(key);
  if (share === undefined) {
    buckets.set(key, { of, stepMs, start, samples, total, lowest, highest });
    return;
  }
  share.samples += samples;
  share.total += total;
  share.lowest = Math.min(share.lowest, lowest);
  share.highest = Math.max(share.highest, highest);
}

/** One order for every batch: two that write the same rows then never wait for one another in a circle. */
const inOrder = (buckets: Buckets): Growing[] =>
  [...buckets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, share]) => share);
