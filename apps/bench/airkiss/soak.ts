// The soak: very many noisy runs, each with other credentials and other air, looking for one wrong result.
import { parseArgs } from 'node:util';
import { type Credentials, SCHEDULES } from '#codecs/airkiss';
import { PROFILES, type ProfileName } from '#firmware-sim';
import { runTrial } from './trial.js';

/** What came of the runs with one profile. */
export interface SoakTally {
  runs: number;
  right: number;
  /** The schedule ended before there was a result. */
  withheld: number;
  wrong: number;
}

/** Drawn from for each run; strays are what most easily makes a result wrong. */
const SOAKED = ['A', 'B', 'C', 'D', 'D'] as const satisfies readonly ProfileName[];
type Soaked = (typeof SOAKED)[number];

export type SoakReport = Record<Soaked, SoakTally> & { readonly wrongSeeds: readonly number[] };

/** Runs from the seed on; each run's own seed is the first one plus its number. */
export function soak(runs: number, seed: number, onRun: (run: number) => void = () => {}): SoakReport {
  const tallies = Object.fromEntries(
    SOAKED.map(name => [name, { runs: 0, right: 0, withheld: 0, wrong: 0 }]),
  ) as Record<Soaked, SoakTally>;
  const wrongSeeds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const own = seed + run;
    const { profile, outcome } = soakRun(own);
    tallies[profile].runs++;
    tallies[profile][outcome]++;
    if (outcome === 'wrong') wrongSeeds.push(own);
    onRun(run + 1);
  }
  return { ...tallies, wrongSeeds };
}

/** One run, drawn from its seed: 20 to 70 % loss, any profile, any credentials. */
export function soakRun(seed: number): { profile: Soaked; outcome: 'right' | 'withheld' | 'wrong' } {
  const draw = drawsOf(seed);
  const profile = pick(draw, SOAKED);
  const schedule = pick(draw, [SCHEDULES.wechat, SCHEDULES.adaptive]);
  const loss = 0.2 + 0.5 * draw();
  const credentials = credentialsFrom(draw);
  const { airbind } = runTrial(
    { credentials, schedule, air: { ...PROFILES[profile], loss }, seed: Math.floor(draw() * 2 ** 31) },
    ['airbind'],
  );
  const isDone = airbind.doneMs !== undefined;
  return { profile, outcome: isDone ? (airbind.right ? 'right' : 'wrong') : 'withheld' };
}

function credentialsFrom(draw: () => number): Credentials {
  const bytes = (length: number, from: number, to: number) =>
    Uint8Array.from({ length }, () => from + Math.floor(draw() * (to - from)));
  const ssid = bytes(1 + Math.floor(draw() * 32), 0x20, 0x100);
  // Digits alone repeat themselves most, and so are easiest to confuse.
  const password = draw() < 0.3 ? bytes(8, 0x30, 0x3a) : bytes(Math.floor(draw() * 33), 0x20, 0x7f);
  return { ssid, password, random: 1 + Math.floor(draw() * 127) };
}

const pick = <T>(draw: () => number, from: readonly [T, ...T[]]): T =>
  from[Math.floor(draw() * from.length)] ?? from[0];

/** Draws in [0, 1) that depend on the seed alone (xorshift32 over a mixed seed). */
function drawsOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** `npm run soak:airkiss`: 100 000 runs, or as many as `--runs` says, from `--seed` on. */
export function soakCommand(words: readonly string[]): number {
  const { values } = parseArgs({
    args: [...words],
    options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
  });
  const runs = Number(values.runs);
  const seed = Number(values.seed);
  const report = soak(runs, seed, run => {
    if (run % 1000 === 0) process.stderr.write(`\r${run} of ${runs} runs`);
  });
  process.stderr.write('\n');
  process.stdout.write(`${JSON.stringify({ soak: 'airkiss', runs, seed, ...report })}\n`);
  return report.wrongSeeds.length > 0 ? 1 : 0;
}
