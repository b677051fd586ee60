// Reading back what devices measured and did, and forgetting it in time.
import { finestBucketMs } from '#codecs/api';

/** The widths in which measurements are kept: fine for weeks, coarse for years. A coarse one is a whole number of fine ones. */
export const historySteps = {
  fineMs: finestBucketMs,
  /** Every time zone's midnight is a multiple of a quarter of an hour, so days can be made of it. */
  coarseMs: 15 * 60_000,
} as const;

/** What of an input goes into the history, at the input's own time. */
export interface Recorded {
  readonly values: Readonly<Record<string, number>>;
  readonly events: readonly HistoryEvent[];
}

export interface HistoryEvent {
  readonly at: number;
  /** Of a bit, or of what the device reported, such as `button`. */
  readonly name: string;
  /** What the bit was from then on; null for what has no state. */
  readonly on: boolean | null;
}

export interface Bucket {
  /** Its beginning. */
  readonly at: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly count: number;
}

export interface BucketQuery {
  readonly deviceId: string;
  readonly epoch: number;
  readonly reading: string;
  /** One of the kept widths; `from` and `bucketMs` are multiples of it. */
  readonly stepMs: number;
  readonly from: number;
  /** Exclusive, as ends are. */
  readonly to: number;
  readonly bucketMs: number;
}

export interface EventQuery {
  readonly deviceId: string;
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

/** What lies before these moments may go. */
export interface HistoryEnds {
  /** The oldest rows of a log that lie after this were written by a wrong clock: they go, or they would block the rest. */
  readonly ahead: number;
  readonly fine: number;
  readonly coarse: number;
  readonly events: number;
  readonly inputs: number;
}

export abstract class HistoryStore {
  /** Those that hold anything, in the order of time. */
  abstract buckets(query: BucketQuery): Promise<Bucket[]>;
  /** Newest first; of one moment, the last that came in first. */
  abstract events(query: EventQuery): Promise<HistoryEvent[]>;
  /** In small steps, between which commits go through; ends early when `signal` says so. @returns rows that went. */
  abstract prune(ends: HistoryEnds, signal: AbortSignal): Promise<number>;
}
