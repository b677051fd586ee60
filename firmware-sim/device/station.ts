// The half of a device that talks: its units' words go up, the gateway's words come down and are obeyed.
import type { EventEmitter } from 'node:events';
import type { BindingNotice, Command, DeviceConfig, DownwardKind } from '#codecs/wire';
import type { Act } from '../behaviours/index.js';
import { chance, seedOf } from '../chance.js';
import type { BackoffLimits } from './backoff.js';
import type { DeviceEvents, Said } from './events.js';
import type { Identity } from './identity.js';
import type { Memory } from './memory.js';
import { Orders, type Refusal } from './orders.js';
import { type Message, Outbox } from './outbox.js';
import { infoOf, statusOf } from './standing.js';
import type { Time } from './time.js';
import { readTold } from './told.js';
import { type Pace, Unit } from './unit.js';
import { type Standing, Uplink } from './uplink.js';

export interface StationOptions {
  readonly identity: Identity;
  readonly mac: string;
  /** Lives on outside; the station changes it and calls `remember`. Its `boot` is this run's. */
  readonly memory: Memory;
  readonly remember: () => void;
  readonly broker: string;
  readonly authority?: string;
  readonly seed: number;
  readonly pace: Pace;
  readonly time: Time;
  readonly backoff?: BackoffLimits;
  readonly events: EventEmitter<DeviceEvents>;
}

export class Station {
  /** The device itself first, then its children. */
  private readonly units: readonly Unit[];
  private readonly outbox: Outbox;
  private readonly uplink: Uplink;
  private readonly orders = new Orders();
  /** How far the gateway's clock is ahead of ours; null until it has told its time. */
  private offsetMs: number | null = null;
  private speaking = false;

  constructor(private readonly options: StationOptions) {
    const { identity, memory } = options;
    this.outbox = new Outbox(memory.outbox, () => this.keepOutbox());
    this.units = [identity, ...(identity.children ?? [])].map(one => this.unitFor(one));
    this.uplink = this.tie();
  }

  get connected(): boolean {
    return this.uplink.connected;
  }

  /** On the Wi-Fi: from now on what happens is said, and kept until it is heard. */
  start(): void {
    this.speaking = true;
    for (const unit of this.units) unit.act('take-picture', true);
    this.uplink.start();
  }

  pass(wallMs: number): void {
    for (const unit of this.units) unit.pass(wallMs, this.speaking);
  }

  /** @param id of the device or of a child. Nothing is said before it is on the Wi-Fi. */
  act(act: Act, id = this.options.identity.id): boolean {
    return this.unit(id)?.act(act, this.speaking) ?? false;
  }

  /** @param nonce of `provisioned`, as it was handed over. */
  event(event: string, nonce?: string): void {
    if (this.speaking) this.unit(this.options.identity.id)?.event(event, nonce);
  }

  unit(id: string): Unit | undefined {
    return this.units.find(unit => unit.id === id);
  }

  async stop(): Promise<void> {
    this.speaking = false;
    await this.uplink.stop(this.statuses(false));
  }

  async cut(): Promise<void> {
    this.speaking = false;
    await this.uplink.cut();
  }

  private unitFor(identity: Pick<Identity, 'id' | 'kind' | 'name'>): Unit {
    const { memory, seed, pace, time } = this.options;
    return new Unit({
      identity,
      boot: memory.boot,
      seed: seedOf(seed, identity.id),
      pace,
      gatewayNowMs: () => this.gatewayNowMs(),
      ownNowMs: () => time.nowMs(),
      say: message => this.uplink.send(message),
    });
  }

  private tie(): Uplink {
    const { identity, memory, broker, authority, time, seed, backoff, events } = this.options;
    const uplink = new Uplink({
      broker,
      authority,
      credential: () => credentialOf(identity, memory),
      outbox: this.outbox,
      listensFor: this.units.map(unit => unit.id),
      will: statusOf(identity.id, { online: false, boot: memory.boot }),
      greeting: () => [...this.statuses(true), ...this.infos()],
      time,
      luck: chance(seedOf(seed, `${identity.id} backoff`)),
      backoff,
    });
    uplink.on('connected', () => events.emit('connected', { boot: memory.boot }));
    uplink.on('disconnected', loss => events.emit('disconnected', loss));
    uplink.on('published', (message, again) =>
      events.emit('published', { ...said(message), again, bytes: message.payload.length }),
    );
    uplink.on('acknowledged', message => events.emit('acknowledged', said(message)));
    uplink.on('heard', (deviceId, kind, payload) => this.hear(deviceId, kind, payload));
    return uplink;
  }

  private hear(deviceId: string, kind: DownwardKind, payload: Uint8Array): void {
    const told = readTold(kind, payload);
    const unit = this.unit(deviceId);
    if (!told || !unit) return;
    this.options.events.emit('told', { ...told, deviceId });
    switch (told.kind) {
      case 'command':
        this.obey(unit, told.body);
        break;
      case 'config':
        this.configure(unit, told.body);
        break;
      case 'binding':
        this.noteOwner(unit, told.body);
        break;
      case 'reply':
        break;
      default:
        told satisfies never;
    }
  }

  private obey(unit: Unit, command: Command): void {
    const answer = this.orders.answer(command, () => this.attempt(unit, command));
    this.uplink.send({ deviceId: unit.id, kind: 'reply', payload: JSON.stringify(answer) });
  }

  private attempt(unit: Unit, command: Command): Refusal | null {
    const nowMs = this.gatewayNowMs() ?? this.options.time.nowMs();
    if (command.epoch < this.epochOf(unit)) return 'earlier-owner';
    if (command.until !== undefined && command.until < nowMs) return 'too-late';
    if (command.name === 'credential') return this.takeSecret(unit, command);
    const act = unit.actOf(command.name);
    return act && unit.act(act, true) ? null : 'unknown-command';
  }

  /** Kept before it is used, and used at once: only then does the gateway listen again. */
  private takeSecret(unit: Unit, { args }: Command): Refusal | null {
    const secret = args?.secret;
    if (unit !== this.units[0] || typeof secret !== 'string') return 'unknown-command';
    this.options.memory.secret = secret;
    this.remember();
    this.uplink.reconnect();
    return null;
  }

  private configure(unit: Unit, config: DeviceConfig): void {
    this.offsetMs = config.now - this.options.time.nowMs();
    const changed = this.noteEpoch(unit, config.epoch) || config.intervalS !== unit.intervalS;
    unit.intervalS = config.intervalS;
    if (changed) this.uplink.stand(this.info(unit));
  }

  private noteOwner(unit: Unit, notice: BindingNotice): void {
    if (unit === this.units[0]) this.options.memory.binding = notice;
    if (this.noteEpoch(unit, notice.epoch)) this.uplink.stand(this.info(unit));
    this.remember();
  }

  /** @returns whether it is a new one. */
  private noteEpoch(unit: Unit, epoch: number): boolean {
    if (epoch <= this.epochOf(unit)) return false;
    this.options.memory.epochs[unit.id] = epoch;
    this.remember();
    return true;
  }

  private epochOf({ id }: Unit): number {
    return this.options.memory.epochs[id] ?? 0;
  }

  private statuses(online: boolean): Standing[] {
    const { boot } = this.options.memory;
    const at = this.gatewayNowMs();
    return this.units.map(({ id }) =>
      statusOf(id, at === undefined ? { online, boot } : { online, boot, at }),
    );
  }

  private infos(): Standing[] {
    return this.units.map(unit => this.info(unit));
  }

  private info(unit: Unit): Standing {
    const run = { boot: this.options.memory.boot, epoch: this.epochOf(unit) };
    return infoOf(unit, unit === this.units[0] ? { ...run, mac: this.options.mac } : run);
  }

  private gatewayNowMs(): number | undefined {
    return this.offsetMs === null ? undefined : Math.round(this.options.time.nowMs() + this.offsetMs);
  }

  private keepOutbox(): void {
    this.options.memory.outbox = this.outbox.stored;
    this.remember();
  }

  /** Not once it is switched off: whoever did that writes the last state, and may then remove the file. */
  private remember(): void {
    if (this.speaking) this.options.remember();
  }
}

/** A secret that came later counts instead of what it was made with, its certificate too. */
function credentialOf({ certificate, privateKey, ...own }: Identity, { secret }: Memory) {
  return secret === null ? { ...own, certificate, privateKey } : { ...own, secret };
}

function said({ deviceId, kind, boot, seq }: Message): Said {
  return { deviceId, kind, boot, seq };
}
