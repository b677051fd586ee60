// What `bench:alarm` found, as a table for people and a line of JSON.
import type { AlarmsResult } from '../load/alarms.js';
import type { AttackResult } from '../load/attack.js';
import { closing, quantile, rounded, say, table } from '../report.js';
import { chatter, flood, frozen } from './attackers.js';
import type { ChannelLatencies } from './channels.js';

/** What the attack was to the gateway. */
export interface Endured {
  readonly dropped: number;
  readonly cpuShare: number;
}

export interface Measured {
  readonly trips: readonly number[] | null;
  readonly channels: ChannelLatencies;
  readonly quiet: AlarmsResult;
  readonly attacked: AlarmsResult;
  readonly attack: AttackResult & Endured;
  /** For how long the gateway's event loop was held up at most. */
  readonly blocksMs: Readonly<Record<'quiet' | 'beginning' | 'attacked', number>>;
}

export function reportAlarms(
  { trips, channels, quiet, attacked, attack, blocksMs }: Measured,
  fileSystem: string,
): void {
  const rows = {
    'idle round trip, publish → subscriber': spread(trips ?? []),
    ...Object.fromEntries(
      Object.entries(channels).map(([kind, { latenciesMs }]) => [
        `one by one: publish → ${kind}`,
        spread(latenciesMs),
      ]),
    ),
    'quiet: publish → PUBACK': spread(quiet.acknowledgedMs),
    'quiet: publish → webhook': spread(quiet.latenciesMs),
    'under attack: publish → PUBACK': spread(attacked.acknowledgedMs),
    'under attack: publish → webhook': spread(attacked.latenciesMs),
  };
  const rate = Math.round(attack.acknowledged / attack.seconds);
  say(
    `\nUnder attack: ${frozen} frozen subscribers to everything (${attack.dropped} of them dropped by then), ${flood.perS} messages/s of telemetry from ${flood.devices} devices ` +
      `within their rate, ${chatter.devices} chattering sensors; ${rate} of all were acknowledged a second, ` +
      `${attack.heldBack} held back by full sockets; the gateway took ${Math.round(attack.cpuShare * 100)} % of one processor; SQLite on ${fileSystem}\n`,
  );
  if (trips === null) say('The broker passed nothing on, so there is no round trip.\n');
  table(
    ['ms', 'p50', 'p99', 'p99.9', 'most', 'samples'],
    Object.entries(rows).map(([name, { p50, p99, p999, most, samples }]) => [
      name,
      ...[p50, p99, p999, most, samples].map(String),
    ]),
  );
  say(
    `\nThe event loop was held up for ${rounded(blocksMs.quiet)} ms at most while it was quiet, ` +
      `${rounded(blocksMs.beginning)} ms while the attackers came, ${rounded(blocksMs.attacked)} ms under attack.\n`,
  );
  closing('alarm', {
    fileSystem,
    blocksMs,
    idleRoundTripMs: trips === null ? null : spread(trips),
    channelsMs: Object.fromEntries(
      Object.entries(channels).map(([kind, { latenciesMs, missing }]) => [
        kind,
        { ...spread(latenciesMs), missing },
      ]),
    ),
    quietMs: spread(quiet.latenciesMs),
    attackedMs: spread(attacked.latenciesMs),
    missing: quiet.missing + attacked.missing,
    attack: { ...attack, perS: rate },
  });
}

function spread(times: readonly number[]) {
  const at = (share: number) => rounded(quantile(times, share), 1);
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), most: at(1), samples: times.length };
}
