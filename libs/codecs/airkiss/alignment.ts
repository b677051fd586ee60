// Finds the place of each heard symbol in the round: a hidden Markov model over the round's positions.
import { LIMIT } from './credentials.js';
import type { SymbolMemory } from './memory.js';
import { GROUP_BYTES } from './program.js';
import { DATA, LONGEST } from './symbol.js';
import { type Kernel, modulo, type Step, Travel } from './travel.js';

/** A symbol whose place was found; `fits` is false for one that cannot stand there. */
export interface Finding {
  readonly position: number;
  readonly symbol: number;
  /** Chance that the place is wrong. */
  readonly doubt: number;
  readonly fits: boolean;
  /** The same reception was placed before, and is less doubtful now. */
  readonly again: boolean;
}

/** Chance that a frame's length is none of the sender's symbols. */
const STRAY = 0.01 / LONGEST;
/** Chance that the sender goes on at another place than the next: rotated groups, the end of a round. */
const JUMP = 3e-4;
/** Beliefs below this are lost in what a jump may bring. */
const FAINT = 1e-9;
/** Below this doubt a place is an anchor: what was heard before it can be settled. */
const CERTAIN = 3e-5;
/** Above this doubt a settled symbol is dropped. */
const PLACEABLE = 2e-2;
/** Frames that wait for an anchor at most. */
const MOST_PENDING = 48;
/** Symbols in the stretches between anchors that are kept for another try. */
const MOST_IN_RIDDLES = 240;
/** They are tried again after so many symbols were placed. */
const TRY_AGAIN = 16;
/** Symbols of the longest round. */
const LONGEST_ROUND = LIMIT.total + 2 * Math.ceil(LIMIT.total / GROUP_BYTES);

// Scratch for one settlement, shared by all alignments since nothing of it outlives the call.
const forwards = Array.from({ length: MOST_PENDING }, () => new Float64Array(LONGEST_ROUND));
const emission = new Float64Array(LONGEST_ROUND);
const spare = new Float64Array(LONGEST_ROUND);
const backward = new Float64Array(LONGEST_ROUND);
const startBelief = new Float64Array(LONGEST_ROUND);

interface Heard {
  readonly symbol: number;
  readonly step: Step;
  /** Where it was placed, once it was. */
  placed?: Finding;
}

/** Symbols between two anchors that could not all be placed for certain; what is learnt later may tell. */
interface Riddle {
  /** Position of the anchor before them, if there was one. */
  readonly start: number | undefined;
  readonly heard: readonly Heard[];
}

/**
 * Keeps a belief about where in the round the stream stands. Symbols wait until the belief is certain, and
 * are then placed by looking at them from both sides, so that what was heard before a gap is not lost. What
 * stays uncertain even so is kept for a while and tried again when more of the round is known.
 */
export class Alignment {
  private readonly size: number;
  private readonly belief: Float64Array;
  private readonly anchor: Float64Array;
  private pending: Heard[] = [];
  private riddles: Riddle[] = [];
  private placedSinceRiddles = 0;
  private lastPosition: number | undefined;

  constructor(
    private readonly memory: SymbolMemory,
    private readonly travel: Travel,
  ) {
    this.size = memory.layout.size;
    this.belief = new Float64Array(this.size).fill(1 / this.size);
    this.anchor = this.belief.slice();
  }

  /** Takes the next symbol of the data phase; returns the symbols whose places are found by it. */
  hear(symbol: number, step: Step): Finding[] {
    this.pending.push({ symbol, step });
    this.forward(this.belief, this.belief, this.travel.kernel(step), symbol);
    const settled = doubtAround(this.belief, this.size) < CERTAIN || this.pending.length === MOST_PENDING;
    return settled ? this.settle() : [];
  }

  /** The data phase is over, or interrupted: settles what can be, and starts anew. */
  rest(): Finding[] {
    const findings = this.settle();
    this.belief.fill(1 / this.size);
    this.anchor.set(this.belief);
    this.lastPosition = undefined;
    return findings;
  }

  private settle(): Finding[] {
    const heard = this.pending;
    this.smooth(this.anchor, heard);
    const findings = heard.flatMap((entry, index) => {
      const finding = this.find(row(index), entry);
      this.learn(entry, finding);
      entry.placed = finding;
      return finding === undefined ? [] : [finding];
    });
    this.keep({ start: certainPosition(this.anchor, this.size), heard });
    this.anchor.set(this.belief);
    this.pending = [];
    this.placedSinceRiddles += findings.length;
    return this.placedSinceRiddles < TRY_AGAIN ? findings : [...findings, ...this.solve()];
  }

  private keep(riddle: Riddle): void {
    if (isSolved(riddle)) return;
    this.riddles.push(riddle);
    while (this.riddles.reduce((sum, { heard }) => sum + heard.length, 0) > MOST_IN_RIDDLES)
      this.riddles.shift();
  }

  /** Tries all riddles again. */
  private solve(): Finding[] {
    this.placedSinceRiddles = 0;
    const findings = this.riddles.flatMap(riddle => this.tryAgain(riddle));
    this.riddles = this.riddles.filter(riddle => !isSolved(riddle));
    return findings;
  }

  /** What a stretch has told the memory must not be taken as a proof of itself. */
  private tryAgain({ start, heard }: Riddle): Finding[] {
    startBelief.fill(start === undefined ? 1 / this.size : 0, 0, this.size);
    if (start !== undefined) startBelief[start] = 1;
    const own = heard.flatMap(({ placed }) => (placed ? [placed.position] : []));
    this.memory.without(own, () => this.smooth(startBelief, heard));
    return heard.flatMap((entry, index) => {
      const { placed } = entry;
      const finding = this.find(row(index), entry);
      if (!finding || (placed && (placed.position !== finding.position || placed.doubt <= finding.doubt)))
        return [];
      entry.placed = finding;
      return [{ ...finding, again: placed !== undefined }];
    });
  }

  /** Looks at each symbol from both sides (forward-backward); leaves the beliefs in the rows. */
  private smooth(start: Float64Array, heard: readonly Heard[]): void {
    const { size } = this;
    const kernels = heard.map(({ step }) => this.travel.kernel(step));
    for (const [index, { symbol }] of heard.entries())
      this.forward(index === 0 ? start : row(index - 1), row(index), kernels[index] ?? [], symbol);
    backward.fill(1, 0, size);
    for (let index = heard.length - 1; index >= 0; index--) {
      const both = row(index);
      for (let position = 0; position < size; position++)
        both[position] = at(both, position) * at(backward, position);
      normalise(both, size);
      const entry = heard[index];
      if (entry) this.backward(entry.symbol, kernels[index] ?? []);
    }
  }

  private find(belief: Float64Array, { symbol }: Heard): Finding | undefined {
    const position = strongest(belief, this.size);
    const doubt = sumWithout(belief, this.size, position);
    if (doubt > PLACEABLE) return undefined;
    const slot = this.memory.layout.slots[position];
    const fits = slot?.kind === 'index' ? slot.symbol === symbol : (slot?.kind === 'byte') === symbol >= DATA;
    return { position, symbol, doubt, fits, again: false };
  }

  /** Learns from a step between two places that are certain. */
  private learn({ step }: Heard, finding: Finding | undefined): void {
    if (finding && finding.doubt < CERTAIN && this.lastPosition !== undefined)
      this.travel.learn(step, modulo(finding.position - this.lastPosition, this.size), this.size);
    this.lastPosition = finding?.position;
  }

  private forward(from: Float64Array, to: Float64Array, kernel: Kernel, symbol: number): void {
    const { size } = this;
    spare.fill(kernel.length === 0 ? 1 / size : JUMP / size, 0, size);
    for (const [advance, chance] of kernel) {
      const weight = (1 - JUMP) * chance;
      const shift = advance % size;
      for (let position = 0; position < size; position++) {
        // Jumps reach everywhere with more than this.
        if (at(from, position) < FAINT) continue;
        const target = position + shift;
        spare[target < size ? target : target - size] =
          at(spare, target < size ? target : target - size) + weight * at(from, position);
      }
    }
    this.emit(symbol);
    for (let position = 0; position < size; position++)
      to[position] = at(spare, position) * at(emission, position);
    normalise(to, size);
  }

  private backward(symbol: number, kernel: Kernel): void {
    const { size } = this;
    this.emit(symbol);
    let sum = 0;
    for (let position = 0; position < size; position++) {
      spare[position] = at(emission, position) * at(backward, position);
      sum += at(spare, position);
    }
    backward.fill((kernel.length === 0 ? 1 : JUMP) * (sum / size), 0, size);
    for (const [advance, chance] of kernel) {
      const weight = (1 - JUMP) * chance;
      const shift = advance % size;
      for (let position = 0; position < size; position++) {
        const target = position + shift;
        backward[position] =
          at(backward, position) + weight * at(spare, target < size ? target : target - size);
      }
    }
    normalise(backward, size);
  }

  /** Chance of hearing the symbol at each position, given what is remembered there. */
  private emit(symbol: number): void {
    const { expected, trust, layout } = this.memory;
    const isData = symbol >= DATA;
    const spread = isData ? this.memory.likelihood(symbol) : 1 / 128;
    for (let position = 0; position < this.size; position++) {
      const fits = layout.carriesByte[position] === (isData ? 1 : 0);
      const believed = at(trust, position);
      const known = expected[position] === symbol ? believed : 0;
      emission[position] = STRAY + (fits ? known + (1 - believed) * spread : 0);
    }
  }
}

const at = (values: Float64Array, index: number): number => values[index] ?? 0;

const row = (index: number): Float64Array => forwards[index] ?? spare;

function normalise(values: Float64Array, size: number): void {
  let sum = 0;
  for (let index = 0; index < size; index++) sum += at(values, index);
  for (let index = 0; index < size; index++) values[index] = at(values, index) / sum;
}

function strongest(values: Float64Array, size: number): number {
  let best = 0;
  for (let index = 1; index < size; index++) if (at(values, index) > at(values, best)) best = index;
  return best;
}

/** The chance of all positions but one; summed rather than subtracted, since it may be very small. */
function sumWithout(values: Float64Array, size: number, without: number): number {
  let sum = 0;
  for (let index = 0; index < size; index++) if (index !== without) sum += at(values, index);
  return sum;
}

const isSolved = ({ heard }: Riddle): boolean =>
  heard.every(({ placed }) => placed !== undefined && placed.doubt < CERTAIN);

function certainPosition(values: Float64Array, size: number): number | undefined {
  return doubtAround(values, size) < CERTAIN ? strongest(values, size) : undefined;
}

const doubtAround = (values: Float64Array, size: number): number =>
  sumWithout(values, size, strongest(values, size));
