// What is said of login storms: how fast, how far apart the rounds were, and what a login costs broker and load.
import { median, rounded, say, table } from '../report.js';
import { type Crowd, crowds, loginsPerS, type Storm, type Storms } from './storms.js';

interface Figures {
  readonly name: string;
  /** Logins a second: the median of the rounds, and the slowest and the fastest of them. */
  readonly perS: number;
  readonly leastPerS: number;
  readonly mostPerS: number;
  /** Processor time in µs, medians: of the broker for a login and for its end, of the load for a login. */
  readonly brokerUs: number;
  readonly farewellUs: number;
  readonly loadUs: number;
  /** Connects that were lost for want of a place to wait in, in all rounds. */
  readonly sentAgain: number | null;
  readonly refused: number;
}

interface CrowdFigures {
  readonly atOnce: number;
  readonly contenders: readonly Figures[];
  readonly toMosquitto: number | null;
}

const columns = [
  'logins a second',
  'least, most',
  'to Mosquitto',
  'broker, µs a login',
  'its end, µs',
  'load, µs a login',
  'connects sent again',
  'refused',
] as const;

export function stormFigures(storms: Readonly<Record<Crowd, Storms>>): CrowdFigures[] {
  return [figuresOf(crowds.few, storms.few), figuresOf(crowds.many, storms.many)];
}

export function reportStorms(storms: Readonly<Record<Crowd, Storms>>): void {
  for (const { atOnce, contenders, toMosquitto } of stormFigures(storms)) {
    table(
      [`${atOnce} at once`, ...columns],
      contenders.map((one, i) => [
        one.name,
        String(one.perS),
        `${one.leastPerS}, ${one.mostPerS}`,
        i === 0 ? String(toMosquitto ?? '–') : '1',
        String(one.brokerUs),
        String(one.farewellUs),
        String(one.loadUs),
        String(one.sentAgain ?? '–'),
        String(one.refused),
      ]),
    );
    say('');
  }
}

function figuresOf(atOnce: number, storms: Storms): CrowdFigures {
  const contenders = [...storms].map(([name, rounds]) => figures(name, rounds));
  const [ours, theirs] = contenders;
  return { atOnce, contenders, toMosquitto: ours && theirs ? rounded(ours.perS / theirs.perS, 2) : null };
}

function figures(name: string, rounds: readonly Storm[]): Figures {
  const rates = rounds.map(loginsPerS);
  const eachUs = (cpuMs: (storm: Storm) => number) =>
    rounded(median(rounds.map(storm => (cpuMs(storm) / storm.connected) * 1_000)));
  const again = rounds.map(({ sentAgain }) => sentAgain);
  return {
    name,
    perS: median(rates),
    leastPerS: Math.min(...rates),
    mostPerS: Math.max(...rates),
    brokerUs: eachUs(({ brokerCpuMs }) => brokerCpuMs),
    farewellUs: eachUs(({ farewellCpuMs }) => farewellCpuMs),
    loadUs: eachUs(({ cpuMs }) => cpuMs),
    sentAgain: again.reduce<number | null>((sum, n) => (sum === null || n === null ? null : sum + n), 0),
    refused: rounds.reduce((sum, { refused }) => sum + refused, 0),
  };
}
