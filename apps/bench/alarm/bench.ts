// `npm run bench:alarm`: from the publish of a gas reading to the first byte on each channel, and at a webhook under attack.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { MadeDevice, Product } from '#codecs/api';
import type { AlarmsResult } from '../load/alarms.js';
import type { AttackOrder, AttackResult } from '../load/attack.js';
import { LoadProcess } from '../load/load-process.js';
import type { Identity } from '../load/packets.js';
import { progress } from '../report.js';
import { startBare } from '../world/bare.js';
import type { Caller } from '../world/caller.js';
import { inFolder } from '../world/folder.js';
import { GatewayProgram } from '../world/gateway-program.js';
import { boundDevices, byPin, resident } from '../world/household.js';
import { endAll } from '../world/program.js';
import { chatter, flood, frozen } from './attackers.js';
import { measureChannels } from './channels.js';
import { type Endured, reportAlarms } from './report.js';

interface Plan {
  readonly alarms: number;
  readonly gapMs: number;
  readonly owners: number;
  readonly roundTrips: number;
  /** Alarms on each channel. */
  readonly perChannel: number;
}

const plans: Readonly<Record<'usual' | 'quick', Plan>> = {
  // 2 400 samples, so that the worst thousandth is more than one of them.
  usual: { alarms: 2_400, gapMs: 40, owners: 24, roundTrips: 1_000, perChannel: 120 },
  quick: { alarms: 200, gapMs: 20, owners: 4, roundTrips: 100, perChannel: 30 },
};

const everything = 'v1/devices/#';

const patienceMs = 30_000;
/** Nothing is told again while it is measured. */
const repeatAfterS = [86_400];

const products = {
  alarm: withRules('alarm', byPin('gas-sensor'), rule => ({ ...rule, repeatAfterS })),
  flood: { ...byPin('gas-sensor'), id: 'flood' },
  chatter: withRules('chatter', byPin('door-contact'), rule =>
    rule.kind === 'left-open' ? { ...rule, afterS: chatter.leftOpenAfterS, repeatAfterS } : rule,
  ),
} as const;

export async function benchAlarm(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: 'boolean', default: false },
      /** Leaves a profile of the gateway's processor time in this folder. */
      profile: { type: 'string' },
    },
  });
  const plan = plans[values.quick ? 'quick' : 'usual'];
  try {
    return await inFolder(async (folder, fileSystem) => {
      const trips = await idleRoundTrips(plan.roundTrips);
      progress(`each channel: ${plan.perChannel} alarms …`);
      const channels = await measureChannels(join(folder, 'channels'), products.alarm, plan.perChannel);
      const stage = await Stage.build(join(folder, 'gateway'), plan, values.profile);
      progress(`quiet: ${plan.alarms} alarms …`);
      await stage.longestBlockMs();
      const quiet = await stage.alarms(0);
      const quietBlockMs = await stage.longestBlockMs();
      progress(`under attack: ${plan.alarms} alarms …`);
      await stage.attack();
      // The beginning of the attack, with its logins, is another matter than the alarms in its course.
      const blocksMs = { quiet: quietBlockMs, beginning: await stage.longestBlockMs(), attacked: 0 };
      const attacked = await stage.alarms(1);
      blocksMs.attacked = await stage.longestBlockMs();
      const attack = await stage.calm();
      await endAll();
      reportAlarms({ trips, channels, quiet, attacked, attack, blocksMs }, fileSystem);
      return 0;
    });
  } finally {
    await endAll();
  }
}

async function idleRoundTrips(count: number): Promise<number[] | null> {
  progress('idle round trips …');
  const bare = await startBare();
  const load = new LoadProcess();
  const trips = await load.run('roundTrips', { port: bare.port, count });
  await Promise.all([bare.program.stop(), load.program.stop()]);
  return trips;
}

class Stage {
  private cpuBeforeMs = 0;

  private constructor(
    private readonly gateway: GatewayProgram,
    private readonly plan: Plan,
    private readonly measuring: LoadProcess,
    private readonly attacking: LoadProcess,
    private readonly devices: Readonly<Record<'flood' | 'chatter', readonly MadeDevice[]>>,
    private readonly listeners: readonly Identity[],
  ) {}

  static async build(folder: string, plan: Plan, profile?: string): Promise<Stage> {
    progress('seeding the gateway …');
    const flags = profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile];
    const gateway = await GatewayProgram.start(folder, { WEBHOOK_ALLOW_PRIVATE: 'true' }, flags);
    const [measuring, attacking] = [new LoadProcess(), new LoadProcess()];
    const receivers = [await measuring.run('openReceiver', null), await attacking.run('openReceiver', null)];
    const owners = await people(gateway, 'owner', plan.owners, receivers[0] ?? '');
    const neighbours = await people(gateway, 'neighbour', 4, receivers[1] ?? '');
    const made = (product: Product, count: number, people: readonly Caller[]) =>
      boundDevices(gateway, product, count, people);
    const sensors = await made(products.alarm, 2 * plan.alarms, owners);
    await measuring.run('connectRaisers', { port: gateway.mqttPort, clients: sensors.map(identityOf) });
    const attackers = {
      flood: await made(products.flood, flood.devices, neighbours),
      chatter: await made(products.chatter, chatter.devices, neighbours),
    };
    return new Stage(gateway, plan, measuring, attacking, attackers, await everHearing(gateway));
  }

  /** @param part each device raises its alarm once: the first or the second half of them. */
  alarms(part: 0 | 1): Promise<AlarmsResult> {
    const { alarms: count, gapMs } = this.plan;
    return this.measuring.run('alarms', { from: part * count, count, gapMs, patienceMs });
  }

  async attack(): Promise<void> {
    const order: AttackOrder = {
      port: this.gateway.mqttPort,
      flood: { clients: this.devices.flood.map(identityOf), perS: flood.perS },
      chatter: { ...chatter, clients: this.devices.chatter.map(identityOf) },
      frozen: this.listeners.map(identity => ({ identity, filters: [everything] })),
    };
    this.cpuBeforeMs = this.gateway.program.cpuMs;
    await this.attacking.run('attack', order);
  }

  longestBlockMs(): Promise<number> {
    return this.gateway.longestBlockMs();
  }

  /** With the frozen subscribers that the broker has dropped by then, and the share of a processor that the gateway took. */
  async calm(): Promise<AttackResult & Endured> {
    const { program } = this.gateway;
    const dropped = await this.gateway.refusals('reader-frozen');
    const cpuMs = program.cpuMs - this.cpuBeforeMs;
    const result = await this.attacking.run('calm', null);
    return { ...result, dropped, cpuShare: cpuMs / (result.seconds * 1000) };
  }
}

/** Clients of an application that may hear all that devices say. */
async function everHearing({ operator }: GatewayProgram): Promise<Identity[]> {
  const body = { id: 'observer', subscribe: [everything] };
  const { userName, secret } = await operator.call('makeApplication', { body });
  return Array.from({ length: frozen }, (_, i) => ({
    clientId: `${userName}/${i}`,
    username: userName,
    password: secret,
  }));
}

async function people(gateway: GatewayProgram, name: string, count: number, url: string): Promise<Caller[]> {
  const callers: Caller[] = [];
  for (let i = 0; i < count; i++) callers.push(await resident(gateway, `${name}-${i}`));
  await Promise.all(callers.map(caller => caller.call('makeWebhook', { body: { url } })));
  return callers;
}

function identityOf({ id, secret }: MadeDevice): Identity {
  return { clientId: id, username: id, password: secret };
}

function withRules(
  id: string,
  product: Product,
  change: (rule: Product['rules'][number]) => Product['rules'][number],
): Product {
  return { ...product, id, rules: product.rules.map(change) };
}
