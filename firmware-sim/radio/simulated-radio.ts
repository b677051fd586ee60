// The air between a phone and a device: datagram lengths go in, what a radio in monitor mode hears comes out.
import type { Direction, Frame } from '#codecs/airkiss';
import { chance } from '../chance.js';
import { SequenceCounter } from './counter.js';
import { CLEAR, type Impairments } from './impairments.js';

/** Who sends, through what, and how bad the air is; the same seed gives the same air. */
export interface RadioOptions extends Partial<Impairments> {
  readonly seed: number;
  /** Address of the phone, 12 hex digits; drawn from the seed when left out. */
  readonly source?: string;
  /** Address of the access point's cell; drawn from the seed when left out. */
  readonly bssid?: string;
  /** Bytes that the air adds to a payload, for each direction; drawn from the seed when left out. */
  readonly overhead?: Readonly<Record<Direction, number>>;
}

const BROADCAST = 'ffffffffffff';
const FOREIGN_SENDERS = 6;
const LONGEST_FRAME = 1500;
const LONGEST_SYMBOL = 0x1ff;
/** In bad air this share is lost. */
const LOST_IN_BURST = 0.95;

/** A repeatable radio. Frames come out in the order in which they are heard. */
export class SimulatedRadio {
  readonly source: string;
  readonly bssid: string;
  private readonly random: () => number;
  private readonly air: Impairments;
  private readonly overhead: Readonly<Record<Direction, number>>;
  private readonly counters: Readonly<Record<Direction, SequenceCounter>>;
  private readonly foreigners: readonly { source: string; counter: SequenceCounter }[];
  private badAir = false;
  private late: Frame | undefined;

  constructor(options: RadioOptions) {
    this.random = chance(options.seed);
    this.air = { ...CLEAR, ...options };
    this.source = options.source ?? this.address();
    this.bssid = options.bssid ?? this.address();
    const overhead = 28 + this.below(60);
    this.overhead = options.overhead ?? { to: overhead, from: overhead + this.below(9) };
    this.counters = { to: this.counter(), from: this.counter() };
    this.foreigners = Array.from({ length: FOREIGN_SENDERS }, () => ({
      source: this.address(),
      counter: this.counter(),
    }));
  }

  /** Puts one datagram on the air; returns the frames heard of it, and what was heard beside it. */
  send(payloadLength: number): Frame[] {
    this.changeAir();
    const length = this.happens(this.air.strays) ? 1 + this.below(LONGEST_SYMBOL) : payloadLength;
    return [...this.foreignFrames(), ...this.copies(length)].flatMap(frame => this.reorder(frame));
  }

  /** What was held back to come late. */
  flush(): Frame[] {
    const frames = this.late ? [this.late] : [];
    this.late = undefined;
    return frames;
  }

  private copies(length: number): Frame[] {
    const { copies } = this.air;
    return [
      ...(copies === 'from' ? [] : this.transmit('to', length)),
      ...(copies === 'to' ? [] : this.transmit('from', length)),
    ];
  }

  private transmit(direction: Direction, length: number): Frame[] {
    const counter = this.counters[direction];
    if (direction === 'from' && this.happens(this.air.sequenceGaps)) counter.next();
    const seq = counter.next();
    if (this.isLost()) return [];
    const { source, bssid } = this;
    const frame = this.numbered({
      length: length + this.overhead[direction],
      seq,
      direction,
      source,
      bssid,
      destination: BROADCAST,
    });
    return this.happens(this.air.repeats) ? [frame, frame] : [frame];
  }

  private foreignFrames(): Frame[] {
    const { foreign } = this.air;
    const count = Math.floor(foreign) + (this.happens(foreign % 1) ? 1 : 0);
    return Array.from({ length: count }, () => this.foreignFrame()).filter(() => !this.isLost());
  }

  private foreignFrame(): Frame {
    const index = this.below(FOREIGN_SENDERS);
    const foreigner = this.foreigners[index];
    return this.numbered({
      length: 40 + this.below(LONGEST_FRAME - 40),
      seq: foreigner?.counter.next() ?? 0,
      direction: this.happens(0.5) ? 'to' : 'from',
      source: foreigner?.source ?? this.address(),
      // Half of them belong to a neighbour's cell.
      bssid: index % 2 === 0 ? this.bssid : (foreigner?.source ?? this.bssid),
      destination: BROADCAST,
    });
  }

  private numbered({ seq, ...frame }: Frame & { seq: number }): Frame {
    return this.air.numbered ? { ...frame, seq } : frame;
  }

  private reorder(frame: Frame): Frame[] {
    if (this.late === undefined && this.happens(this.air.reordering)) {
      this.late = frame;
      return [];
    }
    return [frame, ...this.flush()];
  }

  private changeAir(): void {
    const { burst } = this.air;
    if (burst && this.happens(this.badAir ? burst.end : burst.begin)) this.badAir = !this.badAir;
  }

  private isLost(): boolean {
    return this.happens(this.air.loss) || (this.badAir && this.happens(LOST_IN_BURST));
  }

  private happens(probability: number): boolean {
    return probability > 0 && this.random() < probability;
  }

  private below(bound: number): number {
    return Math.floor(this.random() * bound);
  }

  private counter(): SequenceCounter {
    return new SequenceCounter(this.below(4096));
  }

  private address(): string {
    return Array.from({ length: 12 }, (_, digit) => (digit === 1 ? 2 : this.below(16)).toString(16)).join('');
  }
}
