// A pretend device: it finds its Wi-Fi in the air, reports to its gateway, and does what it is told.
import { EventEmitter } from 'node:events';
import type { Act, Readings } from '../behaviours/index.js';
import { seedOf } from '../chance.js';
import type { Air, Ears, Overheard } from './air.js';
import type { DeviceEvents } from './events.js';
import { type Identity, macOf } from './identity.js';
import type { Lan } from './lan.js';
import type { Memory, Wifi } from './memory.js';
import { NonceWindow } from './nonces.js';
import { Station, type StationOptions } from './station.js';
import type { Cancel } from './time.js';

/** `off` before the start and after the end. */
export type DeviceState = 'off' | 'sniffing' | 'joining' | 'connecting' | 'connected';

export interface DeviceOptions extends Omit<StationOptions, 'mac' | 'events' | 'remember'> {
  /** Resolves when the memory is safe. */
  readonly remember: () => Promise<void>;
  /** The network that there is to join. */
  readonly accessPoint: Wifi;
  readonly air: Air;
  readonly lan: Lan;
  /** The address that it has on that network. */
  readonly address: string;
}

export class Device extends EventEmitter<DeviceEvents> {
  readonly mac: string;
  private stage: 'off' | 'sniffing' | 'joining' | 'joined' = 'off';
  private station: Station | null = null;
  /** Open to the air, and once it is on the Wi-Fi to the network. */
  private ears: Ears | null = null;
  private readonly nonces: NonceWindow;
  private acknowledging: Promise<void> = Promise.resolve();
  private cancelTick: Cancel = () => {};

  constructor(private readonly options: DeviceOptions) {
    super();
    this.mac = macOf(options.identity);
    this.nonces = new NonceWindow(options.time);
  }

  get identity(): Identity {
    return this.options.identity;
  }

  get id(): string {
    return this.identity.id;
  }

  get state(): DeviceState {
    if (this.stage !== 'joined') return this.stage;
    return this.station?.connected ? 'connected' : 'connecting';
  }

  /** Whether it has an owner and under which epoch, as the gateway last said. */
  get binding(): Memory['binding'] {
    return this.options.memory.binding;
  }

  /** @param id of a hub's child; the device itself without one. */
  readings(id = this.id): Readings | undefined {
    return this.station?.unit(id)?.readings;
  }

  /** Power on: counts the boot, then sniffs or connects, as it finds its Wi-Fi in its memory. */
  async start(): Promise<void> {
    if (this.stage !== 'off') return;
    const { memory, remember, accessPoint } = this.options;
    memory.boot += 1;
    // A boot number that was used and then forgotten would make new messages look like old ones.
    await remember();
    this.station = new Station({
      ...this.options,
      mac: this.mac,
      remember: () => void remember(),
      events: this,
    });
    this.tick(this.options.time.nowMs());
    if (memory.wifi && sameNetwork(memory.wifi, accessPoint)) await this.connect();
    else await this.sniff();
  }

  /** Switched off: says goodbye first. */
  async stop(): Promise<void> {
    await this.end(station => station.stop());
  }

  /** Power cut: says nothing, and the broker publishes its will. */
  async cut(): Promise<void> {
    await this.end(station => station.cut());
  }

  /** A short press of its button, which opens the window for proving possession. */
  press(): void {
    this.station?.event('button');
  }

  /** The button held long: gives the device up, whoever owns it. */
  reset(): void {
    this.station?.event('reset');
  }

  /** The test button: raises a drill. */
  test(): void {
    this.station?.event('test');
  }

  /**
   * Something happens to it, or to a hub's child with that id.
   * @throws when this kind of device knows no such act.
   */
  act(act: Act, id = this.id): void {
    if (!this.station) throw new Error(`${this.id} is switched off`);
    if (!this.station.act(act, id)) throw new Error(`${id} is a device to which "${act}" cannot happen`);
  }

  leak(): void {
    this.act('leak');
  }

  closeValve(): void {
    this.act('close-valve');
  }

  /** Carbon monoxide builds up until somebody opens a window: `ventilate()`. */
  buildUp(): void {
    this.act('build-up');
  }

  ventilate(): void {
    this.act('ventilate');
  }

  useDoor(): void {
    this.act('use-door');
  }

  move(): void {
    this.act('move');
  }

  private tick(lastMs: number): void {
    const { time, pace } = this.options;
    this.cancelTick = time.after(pace.tickMs, () => {
      const nowMs = time.nowMs();
      this.station?.pass(Math.max(0, nowMs - lastMs));
      this.tick(nowMs);
    });
  }

  private async sniff(): Promise<void> {
    const { air, seed } = this.options;
    this.stage = 'sniffing';
    this.ears = await air.listen(seedOf(seed, `${this.id} radio`), {
      locked: (source, frames) => this.emit('locked', { source, frames }),
      decoded: overheard => void this.consider(overheard),
    });
    this.emit('sniffing', { ports: air.ports });
  }

  /** A wrong password is found out at the access point, and the device goes on sniffing. */
  private async consider(overheard: Overheard): Promise<void> {
    if (this.stage !== 'sniffing') return;
    const { accessPoint, memory, remember, air, address } = this.options;
    const wifi = { ssid: text(overheard.ssid), password: text(overheard.password) };
    const right = sameNetwork(wifi, accessPoint);
    this.emit('decoded', { ssid: wifi.ssid, frames: overheard.frames, right });
    if (!right) return;
    this.stage = 'joining';
    await this.closeEars();
    memory.wifi = wifi;
    await remember();
    if (this.stage !== 'joining') return;
    this.emit('joined', { ssid: wifi.ssid, mac: this.mac, address });
    this.nonces.open();
    await this.connect();
    // Whoever hears the acknowledgement asks at once: by now there is somebody at home.
    if (this.station) this.acknowledging = air.acknowledge({ ...overheard, mac: this.mac, address });
  }

  private async connect(): Promise<void> {
    const { lan, address, identity } = this.options;
    this.stage = 'joined';
    this.station?.start();
    const ears = await lan.attend({
      address,
      deviceType: identity.product ?? identity.kind,
      deviceId: identity.id,
      handed: nonce => this.passOn(nonce),
    });
    if (this.stage === 'joined') this.ears = ears;
    else await ears.close();
  }

  /** Over its own connection, which is the proof that it was this device who was handed it. */
  private passOn(nonce: string): void {
    if (this.nonces.admits()) this.station?.event('provisioned', nonce);
  }

  private async end(how: (station: Station) => Promise<void>): Promise<void> {
    const { station } = this;
    this.stage = 'off';
    this.station = null;
    this.cancelTick();
    await this.closeEars();
    await this.acknowledging;
    if (station) await how(station);
  }

  private async closeEars(): Promise<void> {
    const { ears } = this;
    this.ears = null;
    await ears?.close();
  }
}

function sameNetwork(one: Wifi, other: Wifi): boolean {
  return one.ssid === other.ssid && one.password === other.password;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
