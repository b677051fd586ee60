// The history: series, their buckets in two widths, and events.
import { count, type Dialect, logNumber, serial, tableOf, text, timeMs, value } from './columns.js';

/** One reading of a device in one epoch, under a number that keeps its buckets small. */
export interface Series {
  readonly id: number;
  readonly deviceId: string;
  readonly epoch: number;
  readonly reading: string;
}

export interface BucketRow {
  readonly series: number;
  readonly stepMs: number;
  readonly start: number;
  readonly samples: number;
  readonly total: number;
  readonly lowest: number;
  readonly highest: number;
}

export interface EventRow {
  readonly id: number;
  readonly deviceId: string;
  readonly epoch: number;
  readonly at: number;
  readonly name: string;
  /** 1 and 0 for what a bit was from then on. */
  readonly state: number | null;
}

export const SeriesEntity = tableOf<Series>({
  name: 'series',
  tableName: 'history_series',
  columns: { id: serial, deviceId: text, epoch: count, reading: text },
  indices: [{ name: 'history_series_device', columns: ['deviceId', 'epoch', 'reading'], unique: true }],
});

export const BucketEntity = tableOf<BucketRow>({
  name: 'bucket',
  tableName: 'history_buckets',
  // On SQLite the rows stand in the key's own tree: the buckets of a series lie side by side, and once.
  withoutRowid: true,
  columns: {
    series: { ...count, primary: true },
    stepMs: { ...count, primary: true },
    start: { ...timeMs, primary: true },
    samples: count,
    total: value,
    lowest: value,
    highest: value,
  },
});

export const eventEntity = (dialect: Dialect) =>
  tableOf<EventRow>({
    name: 'event',
    tableName: 'history_events',
    columns: {
      id: logNumber(dialect),
      deviceId: text,
      epoch: count,
      at: timeMs,
      name: text,
      state: { ...count, nullable: true },
    },
    indices: [{ name: 'history_events_device', columns: ['deviceId', 'epoch', 'at'] }],
  });
