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
type Sums = Pick<BucketShare, 'samples' | 'total' | 'lowest' | 'highest'>;

export function historyRows(inputs: readonly InputRow[]): HistoryRows {
  const fine = new Shares(historySteps.fineMs);
  const events: Omit<EventRow, 'id'>[] = [];
  const one = { samples: 1, total: 0, lowest: 0, highest: 0 };
  for (const { deviceId, epoch, at, recorded } of inputs) {
    if (recorded === undefined) continue;
    const { values } = recorded;
    for (const reading in values) {
      one.total = one.lowest = one.highest = values[reading] ?? 0;
      fine.add(deviceId, epoch, reading, at, one);
    }
    for (const { name, on, at: eventAt } of recorded.events)
      events.push({ deviceId, epoch, at: eventAt, name, state: on === null ? null : Number(on) });
  }
  // A coarse bucket is the sum of its fine ones, of which there are fewer than there are values.
  const coarse = new Shares(historySteps.coarseMs);
  for (const { of, start, ...sums } of fine.all()) coarse.add(of.deviceId, of.epoch, of.reading, start, sums);
  return { buckets: [...fine.inOrder(), ...coarse.inOrder()], events };
}

/** What a batch adds to the buckets of one width. */
class Shares {
  private readonly shares = new Map<string, Growing>();
  /** Of each device those that grew last, one of a reading: the next value is nearly always for one of them. */
  private readonly latest = new Map<string, Growing[]>();

  constructor(private readonly stepMs: number) {}

  add(deviceId: string, epoch: number, reading: string, at: number, sums: Sums): void {
    const start = at - (at % this.stepMs);
    const share = this.shareOf(deviceId, epoch, reading, start);
    if (share.samples === 0 || sums.lowest < share.lowest) share.lowest = sums.lowest;
    if (share.samples === 0 || sums.highest > share.highest) share.highest = sums.highest;
    share.samples += sums.samples;
    share.total += sums.total;
  }

  all(): Iterable<BucketShare> {
    return this.shares.values();
  }

  /** One order for every batch: two that write the same rows then never wait for one another in a circle. */
  inOrder(): BucketShare[] {
    return [...this.shares].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, share]) => share);
  }

  private shareOf(deviceId: string, epoch: number, reading: string, start: number): Growing {
    let latest = this.latest.get(deviceId);
    if (latest === undefined) {
      latest = [];
      this.latest.set(deviceId, latest);
    }
    const place = latest.findIndex(({ of }) => of.reading === reading);
    const last = latest[place];
    if (last !== undefined && last.start === start && last.of.epoch === epoch) return last;
    const share = this.slowly({ deviceId, epoch, reading }, start);
    latest[place < 0 ? latest.length : place] = share;
    return share;
  }

  private slowly(of: SeriesKey, start: number): Growing {
    const key = `${of.deviceId}/${of.epoch}/${of.reading}/${start}`;
    const known = this.shares.get(key);
    if (known !== undefined) return known;
    const { stepMs } = this;
    const share = { of, stepMs, start, samples: 0, total: 0, lowest: 0, highest: 0 };
    this.shares.set(key, share);
    return share;
  }
}
