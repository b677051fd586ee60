// `npm run bench:airkiss`: the tables of AirKiss §9 for our decoder and our schedule, and one line of JSON.
import { parseArgs } from 'node:util';
import { SCHEDULES } from '#codecs/airkiss';
import type { ProfileName } from '#firmware-sim';
import { LENGTHS, type LengthName } from './credentials.js';
import { type LossRow, type Measured, measureRow, ratioOf } from './loss-table.js';
import { measureSpeed } from './speed.js';

const LOSSES = [0, 0.1, 0.2, 0.3, 0.5, 0.7];
const ADAPTIVE_LOSSES = LOSSES.filter(loss => loss <= 0.5);
const LENGTH_NAMES = Object.keys(LENGTHS) as LengthName[];

/** Runs everything; `--runs` for each cell. */
export function bench(words: readonly string[]): number {
  const { values } = parseArgs({ args: [...words], options: { runs: { type: 'string', default: '40' } } });
  const runs = Number(values.runs);
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const decoding = (['A', 'B', 'C', 'N'] as const).flatMap(profile => decodingTable(profile, runs, print));
  const sending = sendingTable(runs, print);
  const speed = measureSpeed();
  print(
    `\nDecoder: ${speed.framesPerSecond} frames a second of one core (a busy channel has 5000), ${speed.bytesPerSender} bytes a sender.`,
  );
  print(JSON.stringify({ bench: 'airkiss', runs, decoding: decoding.map(summary), sending, ...speed }));
  return 0;
}

function decodingTable(profile: ProfileName, runs: number, print: (line: string) => void): LossRow[] {
  print(
    `\nProfile ${profile}, WeChat's schedule: median time until the right credentials are out, ${runs} runs each`,
  );
  print('| length | loss | bound | airbind | of the bound | whole-group decoder |');
  print('|---|---|---|---|---|---|');
  return LENGTH_NAMES.flatMap(length =>
    LOSSES.map(loss => {
      const row = measureRow({ profile, length, loss, runs });
      const { bound, airbind, 'whole-group': whole } = row.measured;
      const cells = [
        length,
        percent(loss),
        cell(bound, runs),
        cell(airbind, runs),
        ratioText(ratioOf(row)),
        cell(whole, runs),
      ];
      print(`| ${cells.join(' | ')} |`);
      return row;
    }),
  );
}

/** What the schedules do for a device with a plain decoder that is already on the channel. */
function sendingTable(runs: number, print: (line: string) => void) {
  print(`\nSending to a whole-group decoder: median time by schedule, profile A, ${runs} runs each`);
  print('| length | loss | wechat | adaptive |');
  print('|---|---|---|---|');
  return LENGTH_NAMES.flatMap(length =>
    ADAPTIVE_LOSSES.map(loss => {
      const [wechat, adaptive] = [SCHEDULES.wechat, SCHEDULES.adaptive].map(
        schedule => measureRow({ profile: 'A', length, loss, runs, schedule }).measured['whole-group'],
      );
      print(`| ${length} | ${percent(loss)} | ${cell(wechat, runs)} | ${cell(adaptive, runs)} |`);
      return { length, loss, wechatMs: wechat?.medianMs ?? null, adaptiveMs: adaptive?.medianMs ?? null };
    }),
  );
}

function summary(row: LossRow) {
  const { profile, length, loss, measured } = row;
  const { bound, airbind, 'whole-group': whole } = measured;
  return {
    profile,
    length,
    loss,
    boundMs: bound.medianMs,
    airbindMs: airbind.medianMs,
    ratio: Number(ratioOf(row).toFixed(3)),
    failed: airbind.failed,
    wrong: airbind.wrong,
    wholeGroupMs: whole.medianMs,
    wholeGroupFailed: whole.failed,
    wholeGroupWrong: whole.wrong,
  };
}

/** `3.85 s`, with the successes where not all runs had one, and the wrong results where there were any. */
function cell(measured: Measured | undefined, runs: number): string {
  if (!measured) return '';
  const { medianMs, failed, wrong } = measured;
  const time = medianMs === null ? 'never' : `${(medianMs / 1000).toFixed(2)} s`;
  const notes = [failed > 0 ? `${runs - failed}/${runs}` : '', wrong > 0 ? `W${wrong}` : ''].filter(
    note => note !== '',
  );
  return notes.length === 0 ? time : `${time} (${notes.join(', ')})`;
}

const ratioText = (ratio: number): string => (Number.isFinite(ratio) ? ratio.toFixed(2) : '–');

const percent = (loss: number): string => `${Math.round(loss * 100)} %`;
