// `npm run bench:intake`: QoS 1 messages acknowledged a second, everything on, beside Mosquitto and bare Aedes in turn.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LoadProcess } from '../load/load-process.js';
import { payloadBytes } from '../load/message.js';
import type { Identity } from '../load/packets.js';
import { closing, median, progress, rounded, say, table } from '../report.js';
import { startAedes } from '../world/aedes.js';
import { inFolder } from '../world/folder.js';
import { GatewayProgram } from '../world/gateway-program.js';
import { boundDevices, byPin, resident } from '../world/household.js';
import { mosquittoVersion, startMosquitto } from '../world/mosquitto.js';
import { endAll, type Program } from '../world/program.js';

/** The load is fixed, so that figures of different days can be held against one another. */
const connections = 50;
const inFlight = 20;

/** A device may say 50 messages a second; here 50 devices say all that there is. */
const unlimited = { MQTT_MESSAGES_PER_S: '1000000', MQTT_BURST: '1000000' };

interface Contender {
  readonly name: string;
  readonly program: Program;
  readonly port: number;
  readonly clients: readonly Identity[];
  readonly rounds: Round[];
}

interface Round {
  readonly perS: number;
  /** Processor time of the broker for one message. */
  readonly cpuUs: number;
  /** How busy the load was, of one processor. */
  readonly loadShare: number;
}

export async function benchIntake(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      /** Without the peers: for a profile. */
      alone: { type: 'boolean', default: false },
      /** Leaves a profile of the gateway's processor time in this folder. */
      profile: { type: 'string' },
      /** Of the gateway's young generation, in MB: what it has instead of what `npm start` gives it. */
      'semi-space': { type: 'string' },
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 7));
  const measureMs = Number(values.seconds ?? (values.quick ? 1 : 4)) * 1000;
  try {
    return await inFolder(async (folder, fileSystem) => {
      const contenders = await open(folder, values.alone, [
        ...(values.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', values.profile]),
        ...(values['semi-space'] === undefined ? [] : [`--max-semi-space-size=${values['semi-space']}`]),
      ]);
      const load = new LoadProcess();
      for (let round = 0; round < rounds; round++)
        for (const contender of contenders) await turn(contender, load, round, measureMs);
      await load.program.stop();
      report(contenders, { rounds, measureMs, fileSystem });
      await endAll();
      return 0;
    });
  } finally {
    await endAll();
  }
}

async function open(folder: string, alone: boolean, flags: readonly string[]): Promise<Contender[]> {
  progress('seeding the gateway …');
  const gateway = await GatewayProgram.start(join(folder, 'gateway'), unlimited, flags);
  const owners = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(name => resident(gateway, name)));
  const devices = await boundDevices(gateway, byPin('gas-sensor'), connections, owners);
  const clients = devices.map(({ id, secret }) => ({ clientId: id, username: id, password: secret }));
  const contender = (name: string, peer: { program: Program; port: number }) => ({
    name,
    program: peer.program,
    port: peer.port,
    clients,
    rounds: [],
  });
  const airbind = contender('airbind', { program: gateway.program, port: gateway.mqttPort });
  if (alone) return [airbind];
  const version = await mosquittoVersion();
  if (version === null) say('Mosquitto is not on the PATH: nothing to compare with.');
  return [
    airbind,
    ...(version === null ? [] : [contender(`mosquitto ${version}`, await startMosquitto(folder))]),
    contender('bare aedes', await startAedes()),
  ];
}

async function turn(
  { name, program, port, clients, rounds }: Contender,
  load: LoadProcess,
  round: number,
  measureMs: number,
) {
  const before = program.cpuMs;
  const warmUpMs = measureMs / 4;
  // Told apart by the run of the firmware, so that no message of an earlier round is known already.
  const boot = 1_000_000_001 + round;
  const result = await load.run('fullWindow', { port, clients, boot, inFlight, warmUpMs, measureMs });
  const perS = result.acknowledged / (result.elapsedMs / 1000);
  // The warm-up is in the processor time too, so its messages are counted in at the same rate.
  const all = result.acknowledged * (1 + warmUpMs / result.elapsedMs);
  rounds.push({
    perS,
    cpuUs: ((program.cpuMs - before) * 1000) / all,
    loadShare: result.cpuMs / result.elapsedMs,
  });
  progress(`round ${round + 1}  ${name.padEnd(18)} ${Math.round(perS)}/s`);
}

function report(
  contenders: readonly Contender[],
  facts: { rounds: number; measureMs: number; fileSystem: string },
) {
  const figures = contenders.map(({ name, rounds }) => ({
    name,
    perS: Math.round(median(rounds.map(({ perS }) => perS))),
    cpuUs: rounded(median(rounds.map(({ cpuUs }) => cpuUs)), 1),
    loadShare: rounded(median(rounds.map(({ loadShare }) => loadShare)), 2),
  }));
  const ratios = contenders.map(contender =>
    ratioTo(contender, contenders[1]?.name.startsWith('mosquitto') ? contenders[1] : undefined),
  );
  say(
    `\n${connections} connections × ${inFlight} in flight, QoS 1, ${payloadBytes} bytes of payload with one value, no subscriber; ` +
      `${facts.rounds} rounds of ${facts.measureMs / 1000} s each in turn, medians; SQLite on ${facts.fileSystem}\n`,
  );
  table(
    ['', 'acknowledged/s', 'to Mosquitto', 'broker µs/message', 'load on one processor'],
    figures.map(({ name, perS, cpuUs, loadShare }, i) => [
      name,
      String(perS),
      ratios[i] === null ? '–' : String(ratios[i]),
      String(cpuUs),
      `${Math.round(loadShare * 100)} %`,
    ]),
  );
  say('');
  closing('intake', {
    ...facts,
    connections,
    inFlight,
    payloadBytes,
    toMosquitto: ratios[0] ?? null,
    contenders: figures,
  });
}

/** The median of the ratios of neighbours in time: what slows the machine slows both. */
function ratioTo({ rounds }: Contender, mosquitto: Contender | undefined): number | null {
  if (!mosquitto) return null;
  return rounded(median(rounds.map(({ perS }, i) => perS / (mosquitto.rounds[i]?.perS ?? Number.NaN))), 2);
}
