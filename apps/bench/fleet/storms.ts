// Login storms: the same devices at the gateway and at Mosquitto with a password file, in turn, and what a login costs each.
import type { StormResult } from '../load/fleet.js';
import type { LoadProcess } from '../load/load-process.js';
import type { Identity } from '../load/packets.js';
import { progress, say } from '../report.js';
import { connectsSentAgain } from '../world/lost-connects.js';
import { mosquittoVersion, startMosquitto } from '../world/mosquitto.js';
import type { Program } from '../world/program.js';

/**
 * Connects that are under way at one moment. Mosquitto lets 100 wait to be taken, and what comes beyond is lost: its
 * client's system sends it again after a second, and a storm of less work than that says nothing of a login.
 */
export const crowds = { few: 64, many: 1_000 } as const;
export type Crowd = keyof typeof crowds;

export interface Storm extends StormResult {
  /** Processor time of the broker until the last was in, and then until all were gone. */
  readonly brokerCpuMs: number;
  readonly farewellCpuMs: number;
  /** Null where the system does not say. */
  readonly sentAgain: number | null;
}

interface Contender {
  readonly name: string;
  readonly port: number;
  readonly program: Program;
}

/** By contender; ours is the first. */
export type Storms = ReadonlyMap<string, readonly Storm[]>;

/** A storm of each contender that does not count, then the rounds, in turn; all hang up in between. */
export async function stormBeside(
  ours: Omit<Contender, 'name'>,
  clients: readonly Identity[],
  rounds: number,
  load: LoadProcess,
  folder: string,
): Promise<Readonly<Record<Crowd, Storms>>> {
  const contenders = [{ name: 'airbind', ...ours }];
  const version = await mosquittoVersion();
  if (version === null) say('Mosquitto is not on the PATH: nothing to compare with.');
  else {
    const logins = clients.map(({ clientId, password = '' }) => ({ id: clientId, secret: password }));
    contenders.push({ name: `mosquitto ${version}`, ...(await startMosquitto(folder, logins)) });
  }
  const inTurn = async (crowd: Crowd): Promise<Storms> => {
    const storms = new Map<string, Storm[]>(contenders.map(({ name }) => [name, []]));
    for (let round = 0; round <= rounds; round++)
      for (const contender of contenders) {
        const storm = await stormAt(contender, clients, crowds[crowd], load);
        const label = round === 0 ? 'warm-up' : `storm ${round}`;
        progress(`${crowds[crowd]} at once, ${label}  ${contender.name.padEnd(18)} ${loginsPerS(storm)}/s`);
        if (round > 0) storms.get(contender.name)?.push(storm);
      }
    return storms;
  };
  return { few: await inTurn('few'), many: await inTurn('many') };
}

async function stormAt(
  { port, program }: Contender,
  clients: readonly Identity[],
  atOnce: number,
  load: LoadProcess,
): Promise<Storm> {
  const before = { cpuMs: program.cpuMs, again: connectsSentAgain() };
  const result = await load.run('storm', { port, clients, atOnce, filtersOf: null });
  const after = { cpuMs: program.cpuMs, again: connectsSentAgain() };
  await load.run('scatter', null);
  return {
    ...result,
    brokerCpuMs: after.cpuMs - before.cpuMs,
    farewellCpuMs: program.cpuMs - after.cpuMs,
    sentAgain: before.again === null || after.again === null ? null : after.again - before.again,
  };
}

export const loginsPerS = ({ connected, elapsedMs }: StormResult): number =>
  Math.round(connected / (elapsedMs / 1000));
