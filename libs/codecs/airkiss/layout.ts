// One round of the data phase as a row of positions: CRC, index and bytes of every group in order.
import { GROUP_BYTES } from './program.js';
import { HEADER } from './symbol.js';

/** What stands at a position of the round. */
export type Slot =
  | { readonly kind: 'check'; readonly group: number }
  | { readonly kind: 'index'; readonly group: number; readonly symbol: number }
  | { readonly kind: 'byte'; readonly group: number; readonly at: number };

/** The round that a total announces. */
export class RoundLayout {
  readonly slots: readonly Slot[];
  /** Position of each byte of the data. */
  readonly bytePositions: readonly number[];
  /** Position of each group's CRC. */
  readonly checkPositions: readonly number[];
  /** 1 where a position carries a byte of data, 0 where it carries a header. */
  readonly carriesByte: Uint8Array;

  constructor(readonly total: number) {
    this.slots = Array.from({ length: Math.ceil(total / GROUP_BYTES) }, (_, group) =>
      groupSlots(group, total),
    ).flat();
    this.bytePositions = this.positionsOf('byte');
    this.checkPositions = this.positionsOf('check');
    this.carriesByte = Uint8Array.from(this.slots, slot => (slot.kind === 'byte' ? 1 : 0));
  }

  /** Symbols of a round. */
  get size(): number {
    return this.slots.length;
  }

  get groups(): number {
    return this.checkPositions.length;
  }

  /** Where in the data the bytes of a group stand, from and up to. */
  byteRange(group: number): [number, number] {
    return [group * GROUP_BYTES, Math.min((group + 1) * GROUP_BYTES, this.total)];
  }

  private positionsOf(kind: Slot['kind']): number[] {
    return this.slots.flatMap((slot, position) => (slot.kind === kind ? [position] : []));
  }
}

function groupSlots(group: number, total: number): Slot[] {
  const from = group * GROUP_BYTES;
  const bytes = Math.min(GROUP_BYTES, total - from);
  return [
    { kind: 'check', group },
    { kind: 'index', group, symbol: HEADER | group },
    ...Array.from({ length: bytes }, (_, offset): Slot => ({ kind: 'byte', group, at: from + offset })),
  ];
}
