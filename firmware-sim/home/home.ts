// A simulated home: its devices, the network that they join, and the file that they live in.
import { EventEmitter } from 'node:events';
import { DISCOVERY_PORT } from '#codecs/airkiss';
import {
  type Air,
  type BackoffLimits,
  blankMemory,
  Device,
  type DeviceEvents,
  type DeviceState,
  type Identity,
  type Lan,
  type Pace,
  realPace,
  type Time,
  type Wifi,
  wallTime,
} from '../device/index.js';
import type { Impairments } from '../radio/index.js';
import { type DeviceRecord, HomeFile, readHome } from './home-file.js';
import { LoopbackAir } from './loopback-air.js';
import { LoopbackLan } from './loopback-lan.js';

export interface HomeOptions {
  /** Who lives here. Without them, whoever the state file knows. */
  readonly identities?: readonly Identity[];
  /** `mqtt://127.0.0.1:1883`, or `mqtts://…` for TLS. */
  readonly broker: string;
  /** Who vouches for the gateway over TLS, as PEM; those of the system without it. */
  readonly authority?: string;
  /** The access point of the home. */
  readonly wifi: Wifi;
  /** Where AirKiss is sent to, every port that the sender uses; 10000 and 10001 without it. */
  readonly airkissPorts?: readonly number[];
  /** Where the sender waits for acknowledgements; 10000 without it. */
  readonly ackPort?: number;
  /** Where a device on the network answers what it is; 12476 without it. */
  readonly discoveryPort?: number;
  /** How bad the air is at each device. */
  readonly radio?: Partial<Impairments>;
  /** The same seed gives the same home: its radio, its accidents, its waiting times. */
  readonly seed?: number;
  /** Kept with mode 0600. Without it the devices forget everything at the end. */
  readonly stateFile?: string;
  /** The devices know their Wi-Fi from the start, as if they had been provisioned before. */
  readonly provisioned?: boolean;
  readonly pace?: Pace;
  readonly time?: Time;
  readonly backoff?: BackoffLimits;
  /** Instead of loopback, for a test that brings its own air. */
  readonly air?: Air;
  /** Instead of loopback as well. */
  readonly lan?: Lan;
}

/** Every event of a device, with the device in front. */
export type HomeEvents = {
  [Name in keyof DeviceEvents]: [device: Device, ...detail: DeviceEvents[Name]];
};

/** The events after which a device's state may be another. */
const turningPoints = ['sniffing', 'joined', 'connected', 'disconnected'] as const;

const usualPorts = [10_000, 10_001];
const usualAckPort = 10_000;
/** A home with neighbours. */
const usualRadio: Partial<Impairments> = { loss: 0.1, foreign: 0.3, sequenceGaps: 0.02 };
const firstAddress = 10;

export class SimulatedHome extends EventEmitter<HomeEvents> {
  private running = false;

  constructor(
    readonly devices: readonly Device[],
    private readonly save: () => Promise<void>,
  ) {
    super();
    for (const device of devices) this.relay(device);
  }

  /**
   * By id, or the first of a kind.
   * @throws when nobody here is called so.
   */
  device(idOrKind: string): Device {
    const found =
      this.devices.find(({ id }) => id === idOrKind) ??
      this.devices.find(({ identity }) => identity.kind === idOrKind);
    if (!found) throw new Error(`no device "${idOrKind}" in this home`);
    return found;
  }

  /** Resolves once every device is in that state at the same time. */
  async all(state: Extract<DeviceState, 'sniffing' | 'connecting' | 'connected'>): Promise<void> {
    if (this.devices.every(device => device.state === state)) return;
    await new Promise<void>(resolve => {
      const look = () => {
        if (!this.devices.every(device => device.state === state)) return;
        for (const name of turningPoints) this.off(name, look);
        resolve();
      };
      for (const name of turningPoints) this.on(name, look);
    });
  }

  async start(): Promise<void> {
    this.running = true;
    await Promise.all(this.devices.map(device => device.start()));
  }

  /** Every device says goodbye; what was not acknowledged is in the state file. */
  async stop(): Promise<void> {
    await this.end(device => device.stop());
  }

  /** A power cut in the whole home. */
  async cut(): Promise<void> {
    await this.end(device => device.cut());
  }

  private async end(how: (device: Device) => Promise<void>): Promise<void> {
    if (!this.running) return;
    this.running = false;
    await Promise.all(this.devices.map(how));
    await this.save();
  }

  private relay(device: Device): void {
    device.on('sniffing', detail => this.emit('sniffing', device, detail));
    device.on('locked', detail => this.emit('locked', device, detail));
    device.on('decoded', detail => this.emit('decoded', device, detail));
    device.on('joined', detail => this.emit('joined', device, detail));
    device.on('connected', detail => this.emit('connected', device, detail));
    device.on('disconnected', detail => this.emit('disconnected', device, detail));
    device.on('published', detail => this.emit('published', device, detail));
    device.on('acknowledged', detail => this.emit('acknowledged', device, detail));
    device.on('told', detail => this.emit('told', device, detail));
  }
}

/** Builds the home and switches every device on; listen to its events with `prepareHome` and `start()` instead. */
export async function startHome(options: HomeOptions): Promise<SimulatedHome> {
  const home = await prepareHome(options);
  await home.start();
  return home;
}

/** Builds the home with everything switched off, so that nothing is missed between building and listening. */
export async function prepareHome(options: HomeOptions): Promise<SimulatedHome> {
  const known = options.stateFile ? await readHome(options.stateFile) : [];
  const living = recordsOf(options, known);
  const file = options.stateFile ? new HomeFile(options.stateFile, merged(known, living)) : null;
  const save = () => file?.save() ?? Promise.resolve();
  const { airkissPorts = usualPorts, ackPort = usualAckPort, radio = usualRadio } = options;
  const { discoveryPort = DISCOVERY_PORT, time = wallTime } = options;
  const air = options.air ?? new LoopbackAir({ airkissPorts, ackPort, radio });
  const lan = options.lan ?? new LoopbackLan(discoveryPort, time);
  const devices = living.map(
    ({ identity, memory }, index) =>
      new Device({
        identity,
        memory,
        remember: save,
        broker: options.broker,
        authority: options.authority,
        accessPoint: options.wifi,
        air,
        lan,
        address: `127.0.0.${firstAddress + index}`,
        seed: options.seed ?? 1,
        pace: options.pace ?? realPace,
        time,
        backoff: options.backoff,
      }),
  );
  return new SimulatedHome(devices, save);
}

/** A device that the file knows goes on with what it remembers, whatever else is said about it. */
function recordsOf(options: HomeOptions, known: readonly DeviceRecord[]): DeviceRecord[] {
  const wanted = options.identities ?? known.map(({ identity }) => identity);
  return wanted.map(identity => {
    const memory = known.find(record => record.identity.id === identity.id)?.memory ?? blankMemory();
    return { identity, memory: options.provisioned ? { ...memory, wifi: { ...options.wifi } } : memory };
  });
}

/** Who does not live here this time stays in the file: a credential left the gateway once and for all. */
function merged(known: readonly DeviceRecord[], living: readonly DeviceRecord[]): DeviceRecord[] {
  const here = new Set(living.map(({ identity }) => identity.id));
  return [...living, ...known.filter(({ identity }) => !here.has(identity.id))];
}
