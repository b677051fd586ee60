// A fleet's day: it connects in two halves, reports, loses its gateway, comes back, and storms it.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { MadeDevice } from '#codecs/api';
import { downwardKinds, topicOf } from '#codecs/wire';
import type { ReturnResult } from '../load/fleet.js';
import { LoadProcess } from '../load/load-process.js';
import type { Identity } from '../load/packets.js';
import { progress, say } from '../report.js';
import type { Caller } from '../world/caller.js';
import { GatewayProgram } from '../world/gateway-program.js';
import { boundDevices, byPin, madeDevices, resident } from '../world/household.js';
import { freePort } from '../world/mosquitto.js';
import type { Memory } from '../world/probe.js';
import { type Crowd, type Storms, stormBeside } from './storms.js';

export interface Plan {
  readonly devices: number;
  readonly intervalS: number;
  /** How long the calm of the whole fleet is watched. */
  readonly steadyS: number;
  readonly storms: number;
}

/** What the gateway took, always after a collection of garbage. */
export interface Weights {
  /** After some had come, said much, and gone: what is once for the process is not the first connections' fault. */
  readonly before: Memory;
  readonly half: Memory;
  readonly whole: Memory;
}

export interface Findings {
  readonly weights: Weights;
  readonly cpuShare: number;
  readonly acknowledgedPerS: number;
  readonly restartMs: number;
  readonly back: ReturnResult;
  /** The most devices that were called offline at one time. */
  readonly offline: number;
  readonly silenceAlarms: number;
  readonly storms: Readonly<Record<Crowd, Storms>>;
}

const owners = 20;
const atOnce = 200;
/** Some devices of the fleet, and how they warm the gateway up: by as many messages as fill its young generation. */
const warmUp = { devices: 200, intervalMs: 100, lastsMs: 8_000 } as const;
const returnPatienceMs = 180_000;
/** A device is called silent after 2.5 intervals: longer than that is looked for false verdicts. */
const watchedIntervals = 3.2;

export class FleetTrial {
  private readonly load = new LoadProcess();
  private readonly people: Caller[] = [];

  constructor(
    private readonly folder: string,
    private readonly plan: Plan,
    /** Of Node, for the gateway. */
    private readonly flags: readonly string[],
  ) {}

  async run(): Promise<Findings> {
    const start = await this.starter();
    const first = await start();
    const fleet = await this.seed(first);
    await first.program.stop();
    const gateway = await start();
    await this.warmUp(gateway, fleet.slice(0, warmUp.devices));
    const weights = await this.weigh(gateway, fleet);
    const calm = await this.rest(gateway);
    progress('the gateway is killed, and started again …');
    await gateway.program.kill();
    const began = performance.now();
    const again = await start();
    const restartMs = performance.now() - began;
    const back = await this.load.run('whenAllAreBack', { patienceMs: returnPatienceMs });
    const verdicts = await this.watch(again);
    await this.load.run('scatter', null);
    const storms = await this.storm(again, fleet);
    return { weights, ...calm, restartMs, back, ...verdicts, storms };
  }

  /** The storms alone, of devices that nobody has bound. */
  async runStorms(): Promise<Findings['storms']> {
    const gateway = await (await this.starter())();
    progress(`making ${this.plan.devices} devices …`);
    return this.storm(gateway, await madeDevices(gateway, product(this.plan), this.plan.devices));
  }

  /** Each start finds what the one before has left, on the same port. */
  private async starter(): Promise<() => Promise<GatewayProgram>> {
    const environment = { MQTT_PORT: String(await freePort()) };
    return () => GatewayProgram.start(join(this.folder, 'gateway'), environment, this.flags);
  }

  private storm({ mqttPort: port, program }: GatewayProgram, fleet: readonly MadeDevice[]) {
    return stormBeside({ port, program }, fleet.map(loginOf), this.plan.storms, this.load, this.folder);
  }

  private async seed(gateway: GatewayProgram): Promise<MadeDevice[]> {
    const { devices } = this.plan;
    progress(`seeding the gateway with ${devices} bound devices …`);
    for (let i = 0; i < owners; i++) this.people.push(await resident(gateway, `owner-${i}`));
    return boundDevices(gateway, product(this.plan), devices, this.people);
  }

  private async warmUp(gateway: GatewayProgram, devices: readonly MadeDevice[]): Promise<void> {
    progress('some of them warm the gateway up …');
    await this.enter(gateway, devices);
    await this.load.run('report', { intervalMs: warmUp.intervalMs });
    await delay(warmUp.lastsMs);
    await this.load.run('scatter', null);
  }

  /** Each half logs in, subscribes, and has reported once when it is weighed. */
  private async weigh(gateway: GatewayProgram, fleet: readonly MadeDevice[]): Promise<Weights> {
    const before = await gateway.memory();
    const middle = Math.ceil(fleet.length / 2);
    progress(`${middle} devices log in, and report once …`);
    await this.enter(gateway, fleet.slice(0, middle));
    await this.reportOnce();
    const half = await gateway.memory();
    progress('the others log in, and all report once …');
    await this.enter(gateway, fleet.slice(middle), true);
    await this.reportOnce();
    return { before, half, whole: await gateway.memory() };
  }

  private async enter(
    { mqttPort: port }: GatewayProgram,
    devices: readonly MadeDevice[],
    joins = false,
  ): Promise<void> {
    const filtersOf = Object.fromEntries(
      devices.map(({ id }) => [id, downwardKinds.map(kind => topicOf(id, kind))]),
    );
    const clients = devices.map(loginOf);
    const { connected } = await this.load.run('storm', { port, clients, joins, atOnce, filtersOf });
    if (connected < clients.length)
      say(`${clients.length - connected} of ${clients.length} were not let in.`);
  }

  private async reportOnce(): Promise<void> {
    const intervalMs = this.plan.intervalS * 1000;
    await this.load.run('report', { intervalMs });
    await delay(intervalMs);
  }

  private async rest({ program }: GatewayProgram): Promise<Pick<Findings, 'cpuShare' | 'acknowledgedPerS'>> {
    const { steadyS } = this.plan;
    progress(`the fleet reports for ${steadyS} s …`);
    const acknowledged = () => this.load.run('acknowledged', null);
    const before = { cpuMs: program.cpuMs, acknowledged: await acknowledged() };
    await delay(steadyS * 1000);
    return {
      cpuShare: (program.cpuMs - before.cpuMs) / (steadyS * 1000),
      acknowledgedPerS: ((await acknowledged()) - before.acknowledged) / steadyS,
    };
  }

  /** Whom the gateway calls offline or silent, of devices that never were. */
  private async watch({
    url,
    operator,
  }: GatewayProgram): Promise<Pick<Findings, 'offline' | 'silenceAlarms'>> {
    progress('watching for false verdicts …');
    const end = performance.now() + watchedIntervals * this.plan.intervalS * 1000;
    let offline = 0;
    while (performance.now() < end) {
      await delay((this.plan.intervalS * 1000) / 3);
      offline = Math.max(offline, await this.calledOffline(url));
    }
    const alarms = await operator.call('alarms');
    return { offline, silenceAlarms: alarms.filter(({ kind }) => kind === 'silence').length };
  }

  /** Asked of the owners: the operator is shown the first thousand only. */
  private async calledOffline(url: string): Promise<number> {
    let offline = 0;
    for (const person of this.people) {
      const devices = await person.at(url).call('devices');
      offline += devices.filter(({ presence }) => presence.state === 'offline').length;
    }
    return offline;
  }
}

const product = ({ intervalS }: Plan) => byPin('gas-sensor', { intervalS });

const loginOf = ({ id, secret }: MadeDevice): Identity => ({ clientId: id, username: id, password: secret });
