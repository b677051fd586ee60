// The stage of the demo: a gateway with its products and devices, a simulated home, and a resident who is expected.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { destination } from 'pino';
import { UdpAir } from '#adapters/air';
import {
  type Gateway,
  makeLogger,
  NestLogger,
  reachableOrigin,
  readSettings,
  startGateway,
} from '#apps/gateway';
import type { MadeDevice } from '#codecs/api';
import { SystemClock } from '#domain/clock';
import { Provisioning, type ProvisioningEvent, type ProvisioningResult } from '#domain/provisioning';
import { fastPace, type Kind, prepareHome, type SimulatedHome } from '#firmware-sim';
import { Caller } from './caller.js';
import { freshFolder } from './data-folder.js';
import { demoProducts } from './products.js';

const wifi = { ssid: '我的家 Home', password: 'correct horse battery' };
const loopbackBroadcast = '127.255.255.255';
const provisioningMs = 90_000;

interface Player {
  readonly product: string;
  readonly kind: Kind;
  readonly name: string;
}

/** Those of `--once`: each is a device on the air, and the whole way is the same for more of them. */
export const fewPlayers: readonly Player[] = [
  { product: 'gas-sensor', kind: 'gas', name: 'Kitchen gas sensor' },
  { product: 'co-sensor', kind: 'co', name: 'Bedroom CO sensor' },
  { product: 'door-contact', kind: 'door', name: 'Front door' },
  { product: 'camera', kind: 'camera', name: 'Hall camera' },
];

export const allPlayers: readonly Player[] = [
  ...fewPlayers,
  { product: 'smoke-detector', kind: 'smoke', name: 'Bedroom smoke detector' },
  { product: 'water-sensor', kind: 'water', name: 'Bathroom water sensor' },
  { product: 'air-sensor', kind: 'air', name: 'Living room air sensor' },
];

export interface StageOptions {
  /** Replaced at every run: the demo begins where a newcomer does. */
  readonly dataFolder: string;
  /** Whether phones in the same network may reach the pages. */
  readonly isOpenToNetwork: boolean;
  /** The gas sensor is the first of them. */
  readonly players: readonly Player[];
}

export class Stage {
  private constructor(
    readonly gateway: Gateway,
    readonly operator: Caller,
    readonly home: SimulatedHome,
    /** The gas sensor as it was made, with its ticket. */
    readonly gasSensor: MadeDevice,
    /** The others, in the order of their players. */
    readonly others: readonly MadeDevice[],
    private readonly airkissPorts: readonly [number, number],
  ) {}

  static async build({ dataFolder, isOpenToNetwork, players }: StageOptions): Promise<Stage> {
    const folder = await freshFolder(dataFolder);
    const gateway = await openGateway(folder, isOpenToNetwork ? '0.0.0.0' : '127.0.0.1');
    const operator = new Caller(gateway.url, { authorization: `Bearer ${gateway.cliToken}` });
    const made = await makeDevices(operator, players);
    const airkissPorts = [await freeUdpPort(), await freeUdpPort()] as const;
    const home = await prepareHome({
      identities: made.map((device, i) => ({
        ...device,
        kind: players[i]?.kind ?? 'gas',
        name: players[i]?.name ?? '',
      })),
      broker: `mqtt://127.0.0.1:${gateway.mqttPort}`,
      wifi,
      airkissPorts,
      ackPort: airkissPorts[0],
      seed: 7,
      stateFile: join(folder, 'home.json'),
      pace: fastPace,
    });
    const [gasSensor, ...others] = made;
    if (gasSensor === undefined) throw new Error('the gateway made no gas sensor');
    return new Stage(gateway, operator, home, gasSensor, others, airkissPorts);
  }

  /** The real way onto the Wi-Fi: broadcasts on loopback, whose lengths each device decodes from its own air. */
  provision(onEvent: (event: ProvisioningEvent) => void): Promise<ProvisioningResult> {
    return new Provisioning(new UdpAir(), new SystemClock()).run(
      {
        ssid: new TextEncoder().encode(wifi.ssid),
        password: new TextEncoder().encode(wifi.password),
        targets: [{ to: loopbackBroadcast }],
        ports: this.airkissPorts,
        ackPort: this.airkissPorts[0],
        expected: this.home.devices.length,
        deadlineMs: provisioningMs,
      },
      { onEvent },
    );
  }

  /** A link that lets the resident in, once. */
  async invite(): Promise<{ readonly url: string; readonly token: string }> {
    const body = { email: 'resident@demo.example', name: 'Li Hua', locale: 'en' } as const;
    const { url } = await this.operator.call('makeSignInLink', { body });
    return { url, token: new URL(url).pathname.split('/').at(-1) ?? '' };
  }

  async strike(): Promise<void> {
    await this.home.stop();
    await this.gateway.close();
  }
}

async function openGateway(folder: string, host: string): Promise<Gateway> {
  const settings = readSettings({
    AIRBIND_DATA: join(folder, 'gateway'),
    HTTP_HOST: host,
    MQTT_HOST: '127.0.0.1',
    HTTP_PORT: '0',
    PUBLIC_URL: reachableOrigin(host, 0),
    MQTT_PORT: '0',
  });
  const log = destination({ dest: join(folder, 'gateway.log'), sync: true });
  Logger.overrideLogger(new NestLogger(makeLogger('info', log)));
  return startGateway(settings);
}

async function makeDevices(operator: Caller, players: readonly Player[]): Promise<MadeDevice[]> {
  for (const product of demoProducts)
    await operator.call('putProduct', { params: { productId: product.id }, body: product });
  const made: MadeDevice[] = [];
  for (const { product } of players) {
    const batch = await operator.call('makeBatch', { body: { product, count: 1 } });
    made.push(...batch.devices);
  }
  return made;
}

/** Ports of its own, so that two demos on one machine do not hear each other. */
async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
