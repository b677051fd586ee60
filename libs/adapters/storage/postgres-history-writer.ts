// Writes what a batch adds to the history in three statements of many rows; runs inside the batch's transaction.
import type { QueryRunner } from 'typeorm';
import type { InputRow } from '#domain/intake';
import { type BucketShare, type HistoryRows, historyRows } from './history-rows.js';

/** A conflict that is only met uses up a number all the same, so what is there is not tried. */
const insertSeries = `
  INSERT INTO history_series (device_id, epoch, reading)
  SELECT * FROM unnest($1::text[], $2::integer[], $3::text[]) AS v(device_id, epoch, reading)
  WHERE NOT EXISTS (SELECT 1 FROM history_series s
    WHERE s.device_id = v.device_id AND s.epoch = v.epoch AND s.reading = v.reading)
  GROUP BY device_id, epoch, reading
  ON CONFLICT (device_id, epoch, reading) DO NOTHING`;

/** Written in one order, so that two batches with the same buckets never wait for one another in a circle. */
const addToBuckets = `
  INSERT INTO history_buckets AS b (series, step_ms, start, samples, total, lowest, highest)
  SELECT s.id, v.step_ms, v.start, v.samples, v.total, v.lowest, v.highest
  FROM unnest($1::text[], $2::integer[], $3::text[], $4::integer[], $5::bigint[], $6::integer[],
      $7::double precision[], $8::double precision[], $9::double precision[])
    AS v(device_id, epoch, reading, step_ms, start, samples, total, lowest, highest)
  JOIN history_series s ON s.device_id = v.device_id AND s.epoch = v.epoch AND s.reading = v.reading
  ORDER BY s.id, v.step_ms, v.start
  ON CONFLICT (series, step_ms, start) DO UPDATE SET
    samples = b.samples + excluded.samples, total = b.total + excluded.total,
    lowest = least(b.lowest, excluded.lowest), highest = greatest(b.highest, excluded.highest)`;

const insertEvents = `
  INSERT INTO history_events (device_id, epoch, at, name, state)
  SELECT device_id, epoch, at, name, state
  FROM unnest($1::text[], $2::integer[], $3::bigint[], $4::text[], $5::integer[])
    WITH ORDINALITY AS v(device_id, epoch, at, name, state, place) ORDER BY place`;

/** @param inputs those that were not there already */
export async function writePostgresHistory(runner: QueryRunner, inputs: readonly InputRow[]): Promise<void> {
  const { buckets, events } = historyRows(inputs);
  if (buckets.length > 0) await addAll(runner, buckets);
  if (events.length > 0) await runner.query(insertEvents, columnsOfEvents(events));
}

async function addAll(runner: QueryRunner, buckets: readonly BucketShare[]): Promise<void> {
  const series = [
    buckets.map(({ of }) => of.deviceId),
    buckets.map(({ of }) => of.epoch),
    buckets.map(({ of }) => of.reading),
  ];
  await runner.query(insertSeries, series);
  await runner.query(addToBuckets, [
    ...series,
    buckets.map(({ stepMs }) => stepMs),
    buckets.map(({ start }) => start),
    buckets.map(({ samples }) => samples),
    buckets.map(({ total }) => total),
    buckets.map(({ lowest }) => lowest),
    buckets.map(({ highest }) => highest),
  ]);
}

const columnsOfEvents = (events: HistoryRows['events']): unknown[][] => [
  events.map(({ deviceId }) => deviceId),
  events.map(({ epoch }) => epoch),
  events.map(({ at }) => at),
  events.map(({ name }) => name),
  events.map(({ state }) => state),
];
