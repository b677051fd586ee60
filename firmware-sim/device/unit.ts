// One thing that reports: its world, its boot and sequence numbers, and when it speaks.
import { type DeviceEvent, encodeSnapshot, type Stamp, type Telemetry, type UpwardKind } from '#codecs/wire';
import { type Act, bringToLife, type Living, type Outcome, type Readings } from '../behaviours/index.js';
import type { ChildIdentity } from './identity.js';
import type { Message } from './outbox.js';
import { takePicture } from './picture.js';

/** How a simulated device's time runs. */
export interface Pace {
  /** Seconds of its world for a second on the wall. */
  readonly speed: number;
  /** Between two looks at its world, in milliseconds on the wall. */
  readonly tickMs: number;
  /** Reports at least this often; its interval still stands as what it declares. */
  readonly reportEveryMs?: number;
  /** Reports this often while something is wrong. */
  readonly troubledEveryMs: number;
}

export const realPace: Pace = { speed: 1, tickMs: 500, troubledEveryMs: 2_000 };
export const fastPace: Pace = { speed: 10, tickMs: 100, reportEveryMs: 2_000, troubledEveryMs: 250 };

export interface UnitOptions {
  readonly identity: ChildIdentity;
  readonly boot: number;
  readonly seed: number;
  readonly pace: Pace;
  /** The time as the gateway has it, in milliseconds; undefined until the gateway has said it. */
  readonly gatewayNowMs: () => number | undefined;
  /** What stands in for the time on a picture until then. */
  readonly ownNowMs: () => number;
  readonly say: (message: Message) => void;
}

export class Unit {
  /** As declared; the gateway's configuration may change it. */
  intervalS: number;
  private readonly world: Living;
  private seq = 0;
  private pictures = 0;
  private sinceReportMs = Number.POSITIVE_INFINITY;
  private reported: Readings | null = null;

  constructor(private readonly options: UnitOptions) {
    this.world = bringToLife(options.identity.kind, options.seed);
    this.intervalS = this.world.intervalS;
  }

  get id(): string {
    return this.options.identity.id;
  }

  get readings(): Readings {
    return this.world.readings;
  }

  get power(): 'mains' | 'battery' {
    return this.world.power;
  }

  get capabilities(): readonly string[] {
    return this.world.capabilities;
  }

  /** What a command of the contract means to this device, if anything. */
  actOf(command: string): Act | undefined {
    return Object.hasOwn(this.world.commands, command) ? this.world.commands[command] : undefined;
  }

  /** Lets its world go on for so long on the wall; speaks when `speaking` and there is reason to. */
  pass(wallMs: number, speaking: boolean): void {
    const outcome = this.world.pass((wallMs / 1000) * this.options.pace.speed);
    this.sinceReportMs += wallMs;
    if (speaking) this.tell(outcome);
  }

  /** @returns false when this kind of device knows no such act. */
  act(act: Act, speaking: boolean): boolean {
    const outcome = this.world.act(act);
    if (outcome && speaking) this.tell(outcome);
    return outcome !== null;
  }

  /** Says how it is, whether or not it is time to. */
  report(): void {
    const { values, bits } = this.world.readings;
    this.reported = { values, bits };
    this.sinceReportMs = 0;
    this.stamped('telemetry', { values: { ...values }, bits: { ...bits } } satisfies Omit<
      Telemetry,
      keyof Stamp
    >);
  }

  event(event: string, nonce?: string): void {
    const body: Omit<DeviceEvent, keyof Stamp> = nonce === undefined ? { event } : { event, nonce };
    this.stamped('event', body);
  }

  private tell({ events, picture }: Outcome): void {
    for (const event of events) this.event(event);
    if (this.changedBit() || this.sinceReportMs >= this.reportEveryMs()) this.report();
    if (picture) void this.sendPicture();
  }

  private changedBit(): boolean {
    const { reported } = this;
    return Object.entries(this.readings.bits).some(([name, bit]) => reported?.bits[name] !== bit);
  }

  private reportEveryMs(): number {
    const { reportEveryMs = Number.POSITIVE_INFINITY, troubledEveryMs } = this.options.pace;
    const calm = Math.min(this.intervalS * 1000, reportEveryMs);
    return this.world.troubled ? Math.min(calm, troubledEveryMs) : calm;
  }

  private async sendPicture(): Promise<void> {
    const { identity, ownNowMs, gatewayNowMs } = this.options;
    this.pictures += 1;
    const image = await takePicture({
      name: identity.name,
      atMs: gatewayNowMs() ?? ownNowMs(),
      count: this.pictures,
      moving: this.readings.bits.motion ?? false,
    });
    const stamp = this.nextStamp();
    this.say('snapshot', stamp, encodeSnapshot({ ...stamp, type: 'image/jpeg', image }));
  }

  private stamped(kind: UpwardKind, body: object): void {
    const stamp = this.nextStamp();
    this.say(kind, stamp, JSON.stringify({ ...stamp, ...body }));
  }

  private say(kind: UpwardKind, { boot, seq }: Stamp, payload: string | Uint8Array): void {
    this.options.say({ deviceId: this.id, kind, boot, seq, payload });
  }

  private nextStamp(): Stamp {
    const { boot, gatewayNowMs } = this.options;
    const at = gatewayNowMs();
    const seq = this.seq;
    this.seq += 1;
    return at === undefined ? { boot, seq } : { boot, seq, at: Math.round(at) };
  }
}
