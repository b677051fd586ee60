// `npm run bench:history`: how long a commit takes while a year is read and old rows are forgotten, over ten million rows.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openStores, type Stores } from '#adapters/storage';
import { batchOf, type InputRow } from '#domain/intake';
import { closing, median, progress, quantile, rounded, say, table } from '../report.js';
import { dayMs, fill, seriesFor, thirtyDaysOf, yearOf } from './past.js';

const everyMs = 10;
const inputsAtOnce = 20;
const readers = 2;

interface World {
  /** Of the database's file. */
  readonly path: string;
  readonly stores: Stores;
  readonly now: number;
  readonly series: number;
}

/** What goes on beside the commits until the signal says stop. @returns how long each piece of it took */
type Beside = (world: World, signal: AbortSignal) => Promise<readonly number[]>;

const phases: Readonly<Record<string, Beside>> = {
  quiet: async () => [],
  years: read(yearOf),
  months: read(thirtyDaysOf),
  prune: forget,
  all: async (...under) =>
    (await Promise.all([phases.years, phases.prune].map(each => each?.(...under)))).flatMap(ms => ms ?? []),
};

export async function benchHistory(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rows: { type: 'string', default: '10000000' },
      seconds: { type: 'string', default: '15' },
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'airbind-history-'));
  const path = join(folder, 'airbind.db');
  const options = { url: `sqlite:${path}`, snapshotDir: join(folder, 'snapshots') };
  try {
    const now = Date.now();
    const rows = await made(options, path, Number(values.rows), now);
    const { size } = await stat(path);
    say(`${rows} rows of ${seriesFor(rows)} readings, ${rounded(size / 2 ** 20)} MB`);
    const stores = await openStores(options);
    stores.keepInShape();
    const figures = await measured(
      { path, stores, now, series: seriesFor(rows) },
      Number(values.seconds) * 1_000,
    );
    await stores.close();
    report(figures);
    closing('history', { rows, bytes: size, commitsEveryMs: everyMs, inputsAtOnce, ...figures });
    return 0;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function made(options: Parameters<typeof openStores>[0], path: string, rows: number, now: number) {
  await (await openStores(options)).close();
  progress(`making ${rows} rows …`);
  return fill(path, rows, now);
}

interface Figures {
  readonly commits: number;
  readonly commitMs: Readonly<Record<'p50' | 'p99' | 'max', number>>;
  readonly longestBlockMs: number;
  /** SQLite's log, afterwards. */
  readonly logBytes: number;
  /** Of what went on beside: how many, and how long each took. */
  readonly beside: number;
  readonly besideMs: Readonly<Record<'p50' | 'max', number>> | null;
}

async function measured(world: World, ms: number): Promise<Record<string, Figures>> {
  const figures: Record<string, Figures> = {};
  for (const [name, beside] of Object.entries(phases)) {
    progress(`${name} …`);
    figures[name] = await phase(world, ms, beside);
  }
  return figures;
}

async function phase(world: World, ms: number, beside: Beside): Promise<Figures> {
  const stop = new AbortController();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const others = beside(world, stop.signal);
  delay.enable();
  const commits = await commitFor(world.stores, ms);
  delay.disable();
  stop.abort();
  const took = await others;
  const { size: logBytes } = await stat(`${world.path}-wal`);
  return {
    commits: commits.length,
    commitMs: {
      p50: rounded(median(commits), 2),
      p99: rounded(quantile(commits, 0.99), 2),
      max: rounded(Math.max(...commits), 2),
    },
    longestBlockMs: rounded(delay.max / 1e6, 1),
    logBytes,
    beside: took.length,
    besideMs:
      took.length === 0 ? null : { p50: rounded(median(took), 1), max: rounded(Math.max(...took), 1) },
  };
}

let seq = 0;

/** One batch after the other at a steady pace. @returns how long each took until it was durable */
async function commitFor(stores: Stores, ms: number): Promise<number[]> {
  const took: number[] = [];
  const end = performance.now() + ms;
  for (let due = performance.now(); due < end; due += everyMs) {
    await pause(Math.max(0, due - performance.now()));
    const from = performance.now();
    const result = await stores.intake.commit(
      batchOf({ inputs: Array.from({ length: inputsAtOnce }, input) }),
    );
    if (!result.ok) throw new Error('stale');
    took.push(performance.now() - from);
  }
  return took;
}

function input(_: unknown, place: number): InputRow {
  const at = Date.now();
  const values = { 'co.ppm': seq % 50 };
  return {
    deviceId: `device-${place}`,
    epoch: 1,
    kind: 'telemetry',
    boot: 1,
    seq: ++seq,
    at,
    clock: 'gateway',
    receivedAt: at,
    body: { boot: 1, seq, values },
    recorded: { values, events: [] },
  };
}

function read(queryOf: typeof yearOf): Beside {
  return async ({ stores, now, series }, signal) => {
    const took: number[] = [];
    const reader = async (_: unknown, first: number) => {
      for (let device = first; !signal.aborted; device += readers) {
        const from = performance.now();
        await stores.history.buckets(queryOf(`device-${device % series}`, now));
        took.push(performance.now() - from);
      }
    };
    await Promise.all(Array.from({ length: readers }, reader));
    return took;
  };
}

/** The oldest days of everything, as long as it is let. */
async function forget({ stores, now }: World, signal: AbortSignal): Promise<number[]> {
  const end = now - 20 * dayMs;
  const from = performance.now();
  const gone = await stores.history.prune({ ahead: now, fine: end, coarse: 0, events: 0, inputs: 0 }, signal);
  progress(`  ${gone} rows forgotten in ${rounded((performance.now() - from) / 1_000, 1)} s`);
  return [];
}

function report(figures: Readonly<Record<string, Figures>>): void {
  table(
    [
      'beside the commits',
      'commits',
      'p50 ms',
      'p99 ms',
      'longest ms',
      'longest block ms',
      'log MB',
      'reads',
      'a read ms (p50, longest)',
    ],
    Object.entries(figures).map(
      ([name, { commits, commitMs, longestBlockMs, logBytes, beside, besideMs }]) => [
        name,
        String(commits),
        String(commitMs.p50),
        String(commitMs.p99),
        String(commitMs.max),
        String(longestBlockMs),
        String(rounded(logBytes / 2 ** 20, 1)),
        String(beside),
        besideMs === null ? '–' : `${besideMs.p50}, ${besideMs.max}`,
      ],
    ),
  );
}
