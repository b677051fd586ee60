// What is said of a fleet: a table for people, and a line of JSON.
import { closing, rounded, say, table } from '../report.js';
import type { Memory } from '../world/probe.js';
import { reportStorms, stormFigures } from './storm-report.js';
import type { Findings, Plan, Weights } from './trial.js';

interface Circumstances {
  readonly fileSystem: string;
  /** In MB; what `npm start` gives, when it is not told. */
  readonly semiSpace: string | undefined;
  readonly tookMs: number;
}

const further = 50_000;

export function reportFleet(plan: Plan, findings: Findings, circumstances: Circumstances): void {
  const { devices, intervalS } = plan;
  const { weights, back, storms, cpuShare, acknowledgedPerS, restartMs, ...verdicts } = findings;
  const each = costs(weights, devices);
  const { fileSystem, semiSpace, tookMs } = circumstances;
  say(
    `\n${devices} devices, bound, each with four subscriptions, reporting every ${intervalS} s; SQLite on ${fileSystem}\n`,
  );
  const { before, whole } = weights;
  table(
    ['', ''],
    [
      ['resident before, warmed up', megabytes(before.residentBytes)],
      ['resident with all of them', megabytes(whole.residentBytes)],
      ['a connection: what all of them added to the resident memory', kilobytes(each.residentBytes)],
      ['… what the second half of them added', kilobytes(each.furtherResidentBytes)],
      ['… of which live objects and buffers', kilobytes(each.furtherLiveBytes)],
      [
        `${further} of them, at the cost of the second half (not run)`,
        megabytes(whole.residentBytes + (further - devices) * each.furtherResidentBytes),
      ],
      ['processor time while they report', `${rounded(cpuShare * 100, 1)} % of one`],
      ['killed: the gateway listens again after', seconds(restartMs)],
      ['killed: all are back after', seconds(back.outageMs)],
      ['… of which since the first came back', seconds(back.returnMs)],
      ['called offline, falsely', String(verdicts.offline)],
      ['alarms of silence, false', String(verdicts.silenceAlarms)],
      ['all of this took', seconds(tookMs)],
    ],
  );
  say('');
  reportStorms(storms);
  closing('fleet', {
    fileSystem,
    devices,
    intervalS,
    semiSpaceMb: semiSpace === undefined ? null : Number(semiSpace),
    weights,
    bytesEach: each,
    cpuShare: rounded(cpuShare, 3),
    acknowledgedPerS: rounded(acknowledgedPerS),
    restartMs: rounded(restartMs),
    back,
    ...verdicts,
    storms: stormFigures(storms),
    tookMs: rounded(tookMs),
  });
}

/** The second half shows what one more costs: whatever is once for the process was there before it. */
function costs({ before, half, whole }: Weights, devices: number) {
  const further = devices - Math.ceil(devices / 2);
  const added = (what: keyof Memory, from: Memory) => whole[what] - from[what];
  return {
    residentBytes: rounded(added('residentBytes', before) / devices),
    furtherResidentBytes: rounded(added('residentBytes', half) / further),
    furtherLiveBytes: rounded(added('liveBytes', half) / further),
  };
}

const megabytes = (bytes: number): string => `${rounded(bytes / 1e6)} MB`;
const kilobytes = (bytes: number): string => `${rounded(bytes / 1024, 1)} KB`;

function seconds(ms: number | null): string {
  return ms === null ? 'not all came' : `${rounded(ms / 1000, 1)} s`;
}
