// What inputs that were written leave in the history: one row a bucket, however many of them fall into it.
import { historySteps, type InputRow } from '#domain/intake';
import type { BucketRow, EventRow, Series } from './entities/index.js';

type SeriesKey = Omit<Series, 'id'>;

/** A bucket's share of one batch; its series is named, not numbered. */
export interface BucketShare extends Omit<BucketRow, 'series'> {
  readonly of: SeriesKey;
}

export interface HistoryRows {
  /** In the order of their keys, in which every transaction locks them. */
  readonly buckets: readonly BucketShare[];
  readonly events: readonly Omit<EventRow, 'id'>[];
}

const widths = [historySteps.fineMs, historySteps.coarseMs];

type Growing = { -readonly [P in keyof BucketShare]: BucketShare[P] };

export function historyRows(inputs: readonly InputRow[]): HistoryRows {
  const buckets = new Map<string, Growing>();
  const events: Omit<EventRow, 'id'>[] = [];
  for (const { deviceId, epoch, at, recorded } of inputs) {
    if (recorded === undefined) continue;
    for (const [reading, value] of Object.entries(recorded.values))
      for (const stepMs of widths)
        grow(buckets, { deviceId, epoch, reading }, stepMs, at - (at % stepMs), value);
    for (const { name, on, at: eventAt } of recorded.events)
      events.push({ deviceId, epoch, at: eventAt, name, state: on === null ? null : Number(on) });
  }
  const inOrder = [...buckets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, share]) => share);
  return { buckets: inOrder, events };
}

function grow(
  buckets: Map<string, Growing>,
  of: SeriesKey,
  stepMs: number,
  start: number,
  value: number,
): void {
  const key = `${of.deviceId}/${of.epoch}/${of.reading}/${stepMs}/${start}`;
  const share = buckets.get(key);
  if (share === undefined) {
    buckets.set(key, { of, stepMs, start, samples: 1, total: value, lowest: value, highest: value });
    return;
  }
  share.samples += 1;
  share.total += value;
  share.lowest = Math.min(share.lowest, value);
  share.highest = Math.max(share.highest, value);
}
