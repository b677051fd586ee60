// `npm run bench:fleet`: as many devices as one process can hold: what each costs, and how they come back after a crash.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { MadeDevice } from '#codecs/api';
import { downwardKinds, topicOf } from '#codecs/wire';
import type { ReturnResult, StormResult } from '../load/fleet.js';
import { LoadProcess } from '../load/load-process.js';
import type { Identity } from '../load/packets.js';
import { closing, median, progress, rounded, say, table } from '../report.js';
import { inFolder } from '../world/folder.js';
import { GatewayProgram } from '../world/gateway-program.js';
import { boundDevices, byPin, resident } from '../world/household.js';
import { freePort, mosquittoVersion, startMosquitto } from '../world/mosquitto.js';
import { endAll } from '../world/program.js';

interface Plan {
  readonly devices: number;
  readonly intervalS: number;
  /** How long the calm of the whole fleet is watched. */
  readonly steadyS: number;
  readonly storms: number;
}

const plans: Readonly<Record<'usual' | 'quick', Plan>> = {
  usual: { devices: 18_000, intervalS: 60, steadyS: 120, storms: 3 },
  quick: { devices: 1_000, intervalS: 10, steadyS: 10, storms: 1 },
};

const owners = 20;
/** Open files of a process beside its connections. */
const filesAside = 500;
const atOnce = 200;
const returnPatienceMs = 180_000;
/** A device is called silent after 2.5 intervals: longer than that is looked for false verdicts. */
const watchedIntervals = 3.2;
const further = 50_000;

export async function benchFleet(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: 'boolean', default: false },
      devices: { type: 'string' },
      /** Of the gateway's young generation, in MB: what it has instead of what `npm start` gives it. */
      'semi-space': { type: 'string' },
    },
  });
  const plan = scaled(plans[values.quick ? 'quick' : 'usual'], values.devices);
  try {
    return await inFolder(async (folder, fileSystem) => {
      const semiSpace = values['semi-space'];
      const flags = semiSpace === undefined ? [] : [`--max-semi-space-size=${semiSpace}`];
      const bench = new FleetBench(folder, plan, flags);
      await bench.run();
      await endAll();
      bench.report(fileSystem);
      return 0;
    });
  } finally {
    await endAll();
  }
}

/** No more than the open files of a process allow, which is said. */
function scaled(plan: Plan, asked: string | undefined): Plan {
  const devices = asked === undefined ? plan.devices : Number(asked);
  const files = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim());
  const most = files - filesAside;
  if (Number.isNaN(most) || devices <= most) return { ...plan, devices };
  say(`A process may open ${files} files here, so the fleet has ${most} devices instead of ${devices}.`);
  return { ...plan, devices: most };
}

interface Measured {
  idleBytes: number;
  fullBytes: number;
  cpuShare: number;
  acknowledgedPerS: number;
  back: ReturnResult;
  restartMs: number;
  offline: number;
  silenceAlarms: number;
}

class FleetBench {
  private readonly load = new LoadProcess();
  private readonly storms = new Map<string, StormResult[]>();
  private measured: Partial<Measured> = {};
  private logins: readonly Identity[] = [];

  constructor(
    private readonly folder: string,
    private readonly plan: Plan,
    private readonly flags: readonly string[],
  ) {}

  async run(): Promise<void> {
    const environment = { MQTT_PORT: String(await freePort()) };
    const start = () => GatewayProgram.start(join(this.folder, 'gateway'), environment, this.flags);
    const first = await start();
    const devices = await this.seed(first);
    await first.program.stop();
    const gateway = await start();
    await this.weigh(gateway, devices);
    const again = await this.crash(gateway, start);
    await this.watch(again);
    await this.load.run('scatter', null);
    await this.stormBeside(again);
  }

  private async seed(gateway: GatewayProgram): Promise<MadeDevice[]> {
    const { devices: count, intervalS } = this.plan;
    progress(`seeding the gateway with ${count} bound devices …`);
    const people = [];
    for (let i = 0; i < owners; i++) people.push(await resident(gateway, `owner-${i}`));
    return boundDevices(gateway, byPin('gas-sensor', { intervalS }), count, people);
  }

  /** All connected, each with its subscriptions, reporting once an interval. */
  private async weigh(gateway: GatewayProgram, devices: readonly MadeDevice[]): Promise<void> {
    this.logins = devices.map(({ id, secret }) => ({ clientId: id, username: id, password: secret }));
    const filtersOf = Object.fromEntries(
      devices.map(({ id }) => [id, downwardKinds.map(kind => topicOf(id, kind))]),
    );
    const idleBytes = await gateway.memoryBytes();
    progress('everybody logs in …');
    const { mqttPort: port, program } = gateway;
    await this.load.run('storm', { port, clients: this.logins, atOnce, filtersOf });
    await this.load.run('report', { intervalMs: this.plan.intervalS * 1000 });
    progress('everybody reports …');
    await delay(this.plan.intervalS * 1000);
    const before = { cpuMs: program.cpuMs, acknowledged: await this.load.run('acknowledged', null) };
    await delay(this.plan.steadyS * 1000);
    const acknowledged = (await this.load.run('acknowledged', null)) - before.acknowledged;
    this.measured = {
      idleBytes,
      cpuShare: (program.cpuMs - before.cpuMs) / (this.plan.steadyS * 1000),
      acknowledgedPerS: acknowledged / this.plan.steadyS,
      fullBytes: await gateway.memoryBytes(),
    };
  }

  private async crash(
    gateway: GatewayProgram,
    start: () => Promise<GatewayProgram>,
  ): Promise<GatewayProgram> {
    progress('the gateway is killed, and started again …');
    await gateway.program.kill();
    const began = performance.now();
    const again = await start();
    this.measured.restartMs = performance.now() - began;
    this.measured.back = await this.load.run('whenAllAreBack', { patienceMs: returnPatienceMs });
    return again;
  }

  /** Whom the gateway calls offline or silent, of devices that never were. */
  private async watch({ operator }: GatewayProgram): Promise<void> {
    progress('watching for false verdicts …');
    const end = performance.now() + watchedIntervals * this.plan.intervalS * 1000;
    let offline = 0;
    while (performance.now() < end) {
      await delay((this.plan.intervalS * 1000) / 3);
      const devices = await operator.call('devices', { query: { all: 'true' } });
      offline = Math.max(offline, devices.filter(({ presence }) => presence.state === 'offline').length);
    }
    const alarms = await operator.call('alarms');
    this.measured.offline = offline;
    this.measured.silenceAlarms = alarms.filter(({ kind }) => kind === 'silence').length;
  }

  /** The same logins at both, in turn; all hang up in between. */
  private async stormBeside(gateway: GatewayProgram): Promise<void> {
    const peers = [{ name: 'airbind', port: gateway.mqttPort }];
    const version = await mosquittoVersion();
    if (version === null) say('Mosquitto is not on the PATH: nothing to compare with.');
    else {
      const logins = this.logins.map(({ clientId, password = '' }) => ({ id: clientId, secret: password }));
      const { port } = await startMosquitto(this.folder, logins);
      peers.push({ name: `mosquitto ${version}`, port });
    }
    for (let round = 0; round < this.plan.storms; round++)
      for (const { name, port } of peers) {
        const result = await this.load.run('storm', { port, clients: this.logins, atOnce, filtersOf: null });
        this.storms.set(name, [...(this.storms.get(name) ?? []), result]);
        progress(`storm ${round + 1}  ${name.padEnd(18)} ${perS(result)}/s`);
        await this.load.run('scatter', null);
      }
  }

  report(fileSystem: string): void {
    const { devices, intervalS } = this.plan;
    const { idleBytes = 0, fullBytes = 0, back, ...rest } = this.measured;
    const bytesEach = (fullBytes - idleBytes) / devices;
    const storms = [...this.storms].map(([name, results]) => ({
      name,
      perS: median(results.map(perS)),
      refused: results.reduce((sum, { refused }) => sum + refused, 0),
    }));
    const [ours, theirs] = storms;
    const toMosquitto = ours && theirs ? rounded(ours.perS / theirs.perS, 2) : null;
    say(
      `\n${devices} devices, bound, each with four subscriptions, reporting every ${intervalS} s; SQLite on ${fileSystem}\n`,
    );
    table(
      ['', ''],
      [
        ['memory of the gateway before', `${rounded(idleBytes / 1e6)} MB`],
        ['memory with all of them', `${rounded(fullBytes / 1e6)} MB`],
        ['a connection', `${rounded(bytesEach / 1024, 1)} KB`],
        [
          `${further} of them, at the same cost each (not run)`,
          `${rounded((idleBytes + further * bytesEach) / 1e6)} MB`,
        ],
        ['processor time while they report', `${rounded((rest.cpuShare ?? 0) * 100, 1)} % of one`],
        ['killed: the gateway listens again after', seconds(rest.restartMs)],
        ['killed: all are back after', seconds(back?.outageMs)],
        ['… of which since the first came back', seconds(back?.returnMs)],
        ['called offline, falsely', String(rest.offline)],
        ['alarms of silence, false', String(rest.silenceAlarms)],
      ],
    );
    say('');
    table(
      ['logins a second', '', 'to Mosquitto', 'refused'],
      storms.map(({ name, perS, refused }, i) => [
        name,
        String(perS),
        i === 0 ? String(toMosquitto ?? '–') : '1',
        String(refused),
      ]),
    );
    say('');
    closing('fleet', {
      fileSystem,
      devices,
      intervalS,
      ...rest,
      cpuShare: rounded(rest.cpuShare ?? 0, 3),
      acknowledgedPerS: rounded(rest.acknowledgedPerS ?? 0),
      restartMs: rounded(rest.restartMs ?? 0),
      bytesEach: rounded(bytesEach),
      back,
      storms,
      toMosquitto,
    });
  }
}

const perS = ({ connected, elapsedMs }: StormResult): number => Math.round(connected / (elapsedMs / 1000));

function seconds(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? 'not all came' : `${rounded(ms / 1000, 1)} s`;
}
