// One stream of a sender's frames: one direction through one cell, with one base and one counter.
import { Alignment, type Finding } from './alignment.js';
import type { ControlHeard } from './announcement.js';
import type { Direction, Frame } from './frame.js';
import { GuideDetector } from './guide.js';
import type { SymbolMemory } from './memory.js';
import { type Arrival, Numbering } from './numbering.js';
import { GUIDE, kindOf } from './symbol.js';
import { type Step, Travel } from './travel.js';

/** What a frame turned out to be. */
export type Heard =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'locked'; readonly base: number }
  | { readonly kind: 'control'; readonly control: ControlHeard }
  | { readonly kind: 'body'; readonly symbol: number; readonly step: Step }
  | { readonly kind: 'stray' };

const NOTHING: Heard = { kind: 'nothing' };
const STRAY: Heard = { kind: 'stray' };
/** So many control symbols in a row, and the data phase is over; a single one may be a stray. */
const PHASE_CHANGE = 2;

/** Follows one stream from its guide on. */
export class Stream {
  base: number | undefined;
  lastHeard = 0;
  /** Symbols of the data phase that stood alone between others: strays with the length of a symbol. */
  isolated = 0;
  private readonly guide = new GuideDetector();
  private readonly numbering = new Numbering();
  private readonly travel = new Travel();
  private alignment: Alignment | undefined;
  private previousControl: { symbol: number; distance: number } | undefined;
  /** Numbers that passed since the last symbol of the data phase. */
  private sinceBody = 0;
  private controlsInRow = 0;
  private bodiesInRow = 0;
  private controlsBeforeBodies = 0;
  private guidesInRow = 0;

  constructor(
    readonly id: number,
    readonly direction: Direction,
    readonly bssid: string,
  ) {}

  /** Another sender's frame from the same counter. */
  overhear({ seq, direction, bssid }: Frame): void {
    if (seq !== undefined && direction === 'from' && this.direction === 'from' && bssid === this.bssid)
      this.numbering.overhear(seq);
  }

  hear({ length, seq }: Frame): Heard {
    const arrival = this.numbering.next(seq);
    if (arrival.kind === 'repeated') return NOTHING;
    const found = this.guide.hear(length);
    const base = this.base === undefined ? found : (this.guide.certainBase ?? this.base);
    if (base === undefined) return NOTHING;
    if (base !== this.base) {
      this.base = base;
      return { kind: 'locked', base };
    }
    return this.sort(length - base, arrival);
  }

  /** Places a symbol of the data phase. */
  align(memory: SymbolMemory, symbol: number, step: Step): Finding[] {
    this.alignment ??= new Alignment(memory, this.travel);
    return this.alignment.hear(symbol, step);
  }

  /** Settles what still waits for its place, when the data phase ends. */
  rest(): Finding[] {
    return this.alignment?.rest() ?? [];
  }

  /** Forgets places, since what they are places of has changed. */
  forget(): void {
    this.alignment = undefined;
  }

  /** Whether the stream is between the data phases, and so long that a new cycle must have begun. */
  get inGuide(): boolean {
    return this.guidesInRow >= 2 * GUIDE.length;
  }

  get leftData(): boolean {
    return this.controlsInRow === PHASE_CHANGE;
  }

  /** What follows cannot be counted from what was before: the radio was elsewhere. */
  detach(): void {
    this.numbering.detach();
    this.previousControl = undefined;
  }

  private sort(symbol: number, arrival: Exclude<Arrival, { kind: 'repeated' }>): Heard {
    switch (kindOf(symbol)) {
      case 'control':
        return this.control(symbol, arrival);
      case 'header':
      case 'data':
        return this.body(symbol, arrival);
      case 'stray':
        this.pass(arrival);
        return STRAY;
    }
  }

  private control(symbol: number, arrival: Step): Heard {
    this.pass(arrival);
    if (this.bodiesInRow === 1 && this.controlsBeforeBodies >= PHASE_CHANGE) this.isolated++;
    this.bodiesInRow = 0;
    this.controlsInRow++;
    this.guidesInRow = symbol <= GUIDE.length ? this.guidesInRow + 1 : 0;
    const previous = arrival.kind === 'detached' ? undefined : this.previousControl;
    if (arrival.kind === 'unnumbered' && previous && Math.max(previous.symbol, symbol) <= GUIDE.length)
      this.travel.learnFromGuide(previous.symbol, symbol);
    this.previousControl = { symbol, distance: 0 };
    return { kind: 'control', control: previous ? { symbol, previous } : { symbol } };
  }

  private body(symbol: number, arrival: Step): Heard {
    const step = this.stepOver(arrival);
    this.sinceBody = 0;
    if (this.bodiesInRow++ === 0) this.controlsBeforeBodies = this.controlsInRow;
    this.controlsInRow = 0;
    this.guidesInRow = 0;
    this.previousControl = undefined;
    return { kind: 'body', symbol, step };
  }

  private stepOver(arrival: Step): Step {
    return arrival.kind === 'numbered'
      ? { kind: 'numbered', numbers: arrival.numbers + this.sinceBody }
      : arrival;
  }

  private pass(arrival: Step): void {
    const numbers = arrival.kind === 'numbered' ? arrival.numbers : 1;
    this.sinceBody += numbers;
    if (this.previousControl) this.previousControl.distance += numbers;
  }
}
