// The sequence numbers that one transmitter puts on its frames.

const NUMBERS = 4096;

/** Counts as a radio does: 12 bits, one number a frame. */
export class SequenceCounter {
  constructor(private value: number) {}

  next(): number {
    this.value = (this.value + 1) % NUMBERS;
    return this.value;
  }
}
