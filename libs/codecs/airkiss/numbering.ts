// Turns 802.11 sequence numbers into distances between the frames of one stream.

const NUMBERS = 4096;
/** A frame this little behind the newest was reordered or repeated; further back, the counter has jumped. */
const LATE = 64;
const OVERHEARD = 64;

/** How a frame follows the one before it. */
export type Arrival =
  /** `numbers` is how far the counter went, less the numbers that were heard on other senders' frames. */
  | { readonly kind: 'numbered'; readonly numbers: number }
  /** The capture has no sequence numbers: the next symbol, or a later one if some were lost. */
  | { readonly kind: 'unnumbered' }
  /** A retry or a copy that comes too late. */
  | { readonly kind: 'repeated' }
  /** The first frame, or one after a gap that nobody can count. */
  | { readonly kind: 'detached' };

/** Follows the counter of one transmitter. */
export class Numbering {
  private last: number | undefined;
  private shared = true;
  private readonly overheard: number[] = [];

  /** Says how the frame with this number follows the last one. */
  next(seq: number | undefined): Arrival {
    if (seq === undefined) return { kind: 'unnumbered' };
    const { last } = this;
    if (last === undefined) return this.moveTo(seq, { kind: 'detached' });
    const distance = forward(last, seq);
    if (distance === 0 || distance > NUMBERS - LATE) return { kind: 'repeated' };
    if (distance > NUMBERS / 2) return this.moveTo(seq, { kind: 'detached' });
    return this.moveTo(seq, {
      kind: 'numbered',
      numbers: Math.max(1, distance - this.foreignBefore(distance, last)),
    });
  }

  /**
   * Notes the number of another sender's frame from the same access point: it counts its broadcasts with
   * one counter, so that this number is none of ours. Where both ever carry one number, they do not share.
   */
  overhear(seq: number): void {
    if (this.shared && this.overheard.length < OVERHEARD) this.overheard.push(seq);
  }

  /** Forgets the last number: what follows cannot be counted from it. */
  detach(): void {
    this.last = undefined;
  }

  private foreignBefore(distance: number, last: number): number {
    const distances = new Set(this.overheard.map(seq => forward(last, seq)));
    if (distances.has(0) || distances.has(distance)) this.shared = false;
    if (!this.shared) return 0;
    return [...distances].filter(each => each > 0 && each < distance).length;
  }

  private moveTo(seq: number, arrival: Arrival): Arrival {
    this.last = seq;
    this.overheard.length = 0;
    return arrival;
  }
}

const forward = (from: number, to: number): number => (to - from + NUMBERS) % NUMBERS;
