// What a device says in one moment shares a row of SQLite's log, and is read back message by message.
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type BetterSqlite3 from 'better-sqlite3';
import * as fc from 'fast-check';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { InputRow } from '#domain/intake';
import { batchOf, inputOf } from './contracts/samples.contract.js';
import { temporaryFolder } from './contracts/temporary-stores.contract.js';
import { writingOptions } from './data-source.js';
import { blankInputs } from './erasure-inputs.js';
import { SqliteDatabase } from './sqlite-database.js';
import { SqliteIntakeStore } from './sqlite-intake.store.js';

const moment = 1_800_000_000_000;

/** What a sensor says `ms` after the moment, heard at once. */
const said = (deviceId: string, seq: number, ms: number, change: Partial<InputRow> = {}): InputRow =>
  inputOf(deviceId, seq, {
    at: moment + ms,
    receivedAt: moment + 100,
    body: { boot: 1, seq, at: moment + ms, values: { 'gas.lel': ms } },
    boot: 1,
    ...change,
  });

const kinds: readonly ((deviceId: string, seq: number, ms: number) => InputRow)[] = [
  said,
  said,
  said,
  (deviceId, seq, ms) => said(deviceId, seq, ms, { receivedAt: moment + 101 }),
  (deviceId, seq, ms) => said(deviceId, seq, ms, { at: moment + 100, clock: 'gateway' }),
  (deviceId, seq, ms) => said(deviceId, seq, ms, { at: moment + 50 }),
  (deviceId, seq, ms) => said(deviceId, seq, ms, { kind: 'event', body: { event: 'test', seq, ms } }),
  (deviceId, seq, ms) => said(deviceId, seq, ms, { epoch: 2 }),
  (deviceId, seq, ms) => said(deviceId, seq, ms, { boot: 2 }),
  (deviceId, _seq, ms) => inputOf(deviceId, null, { kind: 'tick', at: moment + ms, body: null }),
];

const input = fc.record({
  device: fc.constantFrom('one', 'two'),
  kind: fc.nat(kinds.length - 1),
  /** Mostly the next number; else one that is known, or a gap. */
  step: fc.constantFrom(1, 1, 1, 1, 1, 1, 0, -1, 3),
  ms: fc.nat(100),
});

describe('messages of one device that come together', () => {
  let database: SqliteDatabase;
  let intake: SqliteIntakeStore;
  let handle: BetterSqlite3.Database;
  let folder: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const path = `${folder}/airbind.db`;
    const options = writingOptions({ dialect: 'sqlite', path }) as DataSourceOptions;
    database = await SqliteDatabase.over(await new DataSource(options).initialize(), path);
    intake = new SqliteIntakeStore(database);
    handle = database.writeHandle;
  });

  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  const rowsOf = (deviceId: string) =>
    handle.prepare('SELECT id, seq, messages FROM inputs WHERE device_id = ? ORDER BY id').all(deviceId);

  it('share a row, as long as they have nothing of their own but their words', async () => {
    const first = [1, 2, 3].map(seq => said('burst', seq, seq));
    const event = said('burst', 4, 4, { kind: 'event' });
    const other = said('quiet', 1, 1);
    const rest = [5, 6, 8].map(seq => said('burst', seq, seq));
    await intake.commit(batchOf({ inputs: [...first, other, event, ...rest] }));
    expect(rowsOf('burst')).toMatchObject([
      { seq: 1, messages: 3 },
      { seq: 4, messages: 1 },
      { seq: 5, messages: 2 },
      { seq: 8, messages: 1 },
    ]);
    expect(rowsOf('quiet')).toMatchObject([{ seq: 1, messages: 1 }]);
    expect(await intake.past('burst', 99)).toEqual(written([...first, event, ...rest]));
    expect((await intake.past('burst', 4)).map(({ seq }) => seq)).toEqual([4, 5, 6, 8]);
  });

  it('are blanked together, counted one by one, and known when they come again', async () => {
    const inputs = [1, 2, 3].map(seq => said('erased', seq, seq));
    await intake.commit(batchOf({ inputs }));
    const [row] = rowsOf('erased') as { id: number }[];
    const ids = row ? [row.id] : [];
    expect(await database.erase(manager => blankInputs(manager, 'sqlite', ids))).toBe(3);
    await intake.commit(batchOf({ inputs }));
    expect(rowsOf('erased')).toHaveLength(1);
    const blank = { kind: 'erased', body: null };
    expect(await intake.past('erased', 9)).toMatchObject([1, 2, 3].map(seq => ({ ...blank, seq })));
  });

  it('are read back as they were, whatever else comes between and whatever comes twice', async () => {
    let run = 0;
    const batches = fc.array(fc.array(input, { maxLength: 60 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(batches, async drawn => {
        run += 1;
        const next = new Map<string, number>();
        const expected = new Map<string, InputRow[]>();
        const known = new Set<string>();
        for (const batch of drawn) {
          const inputs = batch.flatMap(({ device, kind, step, ms }) => {
            const deviceId = `${device}-${run}`;
            const seq = Math.max(0, (next.get(deviceId) ?? 0) + step);
            next.set(deviceId, seq);
            return kinds[kind]?.(deviceId, seq, ms) ?? [];
          });
          await intake.commit(batchOf({ inputs }));
          for (const each of inputs) {
            const stamp = `${each.deviceId}/${each.boot}/${each.seq}`;
            if (each.boot === null || known.has(stamp)) continue;
            known.add(stamp);
            expected.set(each.deviceId, [...(expected.get(each.deviceId) ?? []), each]);
          }
        }
        for (const [deviceId, inputs] of expected) {
          expect(await intake.past(deviceId, 999)).toEqual(written(inputs));
          expect(await intake.past(deviceId, 5)).toEqual(written(inputs).slice(-5));
        }
      }),
      { seed: 4711, numRuns: 100 },
    );
  });
});

/** Without what stands elsewhere. */
const written = (inputs: readonly InputRow[]) => inputs.map(({ recorded: _, ...row }) => row);
