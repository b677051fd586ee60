// How many symbols were sent between two heard frames: a distribution, learnt for each stream.
import type { Arrival } from './numbering.js';
import { GUIDE } from './symbol.js';

/** Chances of having moved on by so many symbols; empty when nothing is known. */
export type Kernel = readonly (readonly [advance: number, chance: number])[];

/** The distance from one data symbol to the next heard one. */
export type Step = Exclude<Arrival, { kind: 'repeated' }>;

const NEGLIGIBLE = 1e-6;
const MOST_TERMS = 64;
/** Chance that one slip brings another. */
const BURST = 0.3;
const NEXT: Kernel = [[1, 1]];

/**
 * An access point counts all its broadcasts, so some of the numbers between two frames are not the
 * sender's; without numbers, some symbols between two frames may have been lost. Both rates start low and
 * follow what the alignment finds out.
 */
export class Travel {
  private slipped = 0.3;
  private counted = 12;
  private lost = 1;
  private passed = 6;

  kernel(step: Step): Kernel {
    switch (step.kind) {
      case 'numbered':
        return slips(step.numbers, this.slipped / this.counted);
      case 'unnumbered':
        return losses(this.lost / this.passed);
      case 'detached':
        return [];
      default:
        return step satisfies never;
    }
  }

  /** Learns from a step between two known positions; `advance` is known only modulo the size of a round. */
  learn(step: Step, advance: number, size: number): void {
    if (step.kind === 'numbered' && step.numbers > 1) {
      const slip = modulo(step.numbers - advance, size);
      if (slip >= step.numbers) return;
      this.slipped += slip;
      this.counted += step.numbers - 1;
    }
  }

  /**
   * Learns the loss from the guide, where every symbol tells its place: of a geometric distribution that is
   * wrapped around, each term is still the one before it times the loss. In the data only those are certain
   * of their places that lost little before them, which would make the air look better than it is.
   */
  learnFromGuide(before: number, symbol: number): void {
    const lost = modulo(symbol - before - 1, GUIDE.length);
    if (lost > 0) this.lost++;
    if (lost < GUIDE.length - 1) this.passed++;
  }
}

/**
 * Binomial: each number between the two was the sender's, or slipped in with the given chance. Broadcasts of
 * others come in bursts as well, so that several slips together are likelier than one by one.
 */
function slips(numbers: number, rate: number): Kernel {
  if (numbers === 1) return NEXT;
  const others = numbers - 1;
  const kernel: [number, number][] = [];
  let single = (1 - rate) ** others;
  let chance = single;
  for (let slip = 0; slip <= others && slip < MOST_TERMS; slip++) {
    if (chance > NEGLIGIBLE) kernel.push([numbers - slip, chance]);
    else if (slip > others * rate) break;
    single *= ((others - slip) / (slip + 1)) * (rate / (1 - rate));
    chance = single + (slip > 0 ? BURST * chance : 0);
  }
  return kernel;
}

/** Geometric: each further symbol was lost with the given chance. */
function losses(rate: number): Kernel {
  const kernel: [number, number][] = [];
  for (let chance = 1 - rate; chance > NEGLIGIBLE && kernel.length < MOST_TERMS; chance *= rate)
    kernel.push([kernel.length + 1, chance]);
  return kernel;
}

export const modulo = (value: number, size: number): number => ((value % size) + size) % size;
