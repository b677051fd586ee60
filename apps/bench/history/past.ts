// A past that never was: readings once a minute, kept as the gateway keeps them, made by the database itself.
import { sqliteBinding } from '#adapters/storage';
import { type BucketQuery, historySteps } from '#domain/intake';

export const dayMs = 86_400_000;
const minuteMs = 60_000;
const fineDays = 35;
const coarseDays = 400;
const rowsOfSeries = (fineDays * dayMs) / minuteMs + (coarseDays * dayMs) / historySteps.coarseMs;

export const seriesFor = (rows: number): number => Math.max(1, Math.round(rows / rowsOfSeries));

/** @returns how many rows there are now, about as many as asked for */
export function fill(path: string, rows: number, now: number): number {
  const Database = sqliteBinding();
  const handle = new Database(path);
  // What is made here can be made again.
  handle.pragma('synchronous = OFF');
  const series = handle.prepare(
    "INSERT INTO history_series (device_id, epoch, reading) VALUES (?, 1, 'co.ppm') RETURNING id",
  );
  const steps = handle.prepare(
    `INSERT INTO history_buckets (series, step_ms, start, samples, total, lowest, highest)
     WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $count)
     SELECT $series, $step, CAST($from AS integer) + i * CAST($every AS integer), 1, i % 97 + 0.5, i % 97 + 0.5, i % 97 + 0.5
     FROM n`,
  );
  const { fineMs, coarseMs } = historySteps;
  const width = (id: unknown, step: number, every: number, days: number) =>
    steps.run({ series: id, step, every, count: (days * dayMs) / every, from: begin(now, days) });
  for (let number = 0; number < seriesFor(rows); number += 1) {
    const id = series.pluck().get(`device-${number}`);
    handle.transaction(() => {
      width(id, coarseMs, coarseMs, coarseDays);
      width(id, fineMs, minuteMs, fineDays);
    })();
  }
  handle.close();
  return seriesFor(rows) * rowsOfSeries;
}

const begin = (now: number, days: number): number => now - (now % dayMs) - days * dayMs;

const ofDevice = (deviceId: string) => ({ deviceId, epoch: 1, reading: 'co.ppm' });

/** A year by days. */
export const yearOf = (deviceId: string, now: number): BucketQuery => ({
  ...ofDevice(deviceId),
  stepMs: historySteps.coarseMs,
  from: begin(now, 365),
  to: begin(now, 0),
  bucketMs: dayMs,
});

/** Thirty days by half hours, made of the fine steps. */
export const thirtyDaysOf = (deviceId: string, now: number): BucketQuery => ({
  ...ofDevice(deviceId),
  stepMs: historySteps.fineMs,
  from: begin(now, 30),
  to: begin(now, 0),
  bucketMs: dayMs / 48,
});
