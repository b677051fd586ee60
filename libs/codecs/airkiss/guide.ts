// Finds the constant overhead of a sender's frames from the lengths of its guide.
import { GUIDE } from './symbol.js';

const SPAN = GUIDE.length;
const ALL_OF_SPAN = (1 << SPAN) - 1;
const REMEMBERED = 16;
const ENOUGH = 6;
const SHARE = 0.75;

/**
 * Remembers the last lengths of one stream. The base is known after an unbroken run of four lengths, as the
 * official decoder has it, or as soon as four neighbouring lengths are most of what was heard: at 50 % loss
 * an unbroken run is rare, the histogram is full after eight frames.
 */
export class GuideDetector {
  private readonly lengths: number[] = [];

  /** Takes one frame length; returns the base when these lengths look like a guide. */
  hear(length: number): number | undefined {
    this.lengths.push(length);
    if (this.lengths.length > REMEMBERED) this.lengths.shift();
    return this.unbrokenRun() ?? this.crowd(ENOUGH, SHARE);
  }

  /** The base when nothing but a guide was heard lately: enough to give up a base that was found before. */
  get certainBase(): number | undefined {
    return this.crowd(REMEMBERED, 1);
  }

  private unbrokenRun(): number | undefined {
    const from = this.lengths.length - SPAN;
    const first = this.lengths[from];
    if (first === undefined) return undefined;
    for (let step = 1; step < SPAN; step++) if (this.lengths[from + step] !== first + step) return undefined;
    return baseOf(first);
  }

  /** The lowest of four neighbouring lengths that were all heard and make up the share of what was heard. */
  private crowd(atLeast: number, share: number): number | undefined {
    const { lengths } = this;
    if (lengths.length < atLeast) return undefined;
    const lowest = lengths.find(low => {
      let within = 0;
      let heard = 0;
      for (const length of lengths) {
        const step = length - low;
        if (step < 0 || step >= SPAN) continue;
        within++;
        heard |= 1 << step;
      }
      return heard === ALL_OF_SPAN && within >= share * lengths.length;
    });
    return lowest === undefined ? undefined : baseOf(lowest);
  }
}

const baseOf = (lowest: number): number | undefined => (lowest > 0 ? lowest - 1 : undefined);
