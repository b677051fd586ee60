// What a ticket says about its device, and the 60 bits that it fills.

/** Largest batch, 20 bits. */
export const MAX_BATCH = 2 ** 20 - 1;
/** Largest number of a device in its batch, 32 bits. */
export const MAX_NUMBER = 2 ** 32 - 1;
/** Largest generation of a device's label, 8 bits. */
export const MAX_GENERATION = 2 ** 8 - 1;

const NUMBER_BITS = 32n;
const GENERATION_BITS = 8n;

/** The `number`th device of a batch, and which printing of its label this is. */
export interface TicketClaims {
  /** 0 to 2^20 − 1. */
  batch: number;
  /** 0 to 2^32 − 1. */
  number: number;
  /** 0 to 255; a label that is printed again has the next one. */
  generation: number;
}

/** batch 20 bit ‖ number 32 bit ‖ generation 8 bit. @throws RangeError when a claim does not fit its bits. */
export function packClaims({ batch, number, generation }: TicketClaims): bigint {
  const head = bounded('batch', batch, MAX_BATCH);
  const middle = bounded('number', number, MAX_NUMBER);
  const tail = bounded('generation', generation, MAX_GENERATION);
  return (((head << NUMBER_BITS) | middle) << GENERATION_BITS) | tail;
}

export function unpackClaims(block: bigint): TicketClaims {
  return {
    batch: Number(block >> (NUMBER_BITS + GENERATION_BITS)),
    number: Number((block >> GENERATION_BITS) & BigInt(MAX_NUMBER)),
    generation: Number(block & BigInt(MAX_GENERATION)),
  };
}

function bounded(name: string, value: number, max: number): bigint {
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new RangeError(`${name} is a whole number from 0 to ${max}, not ${value}`);
  }
  return BigInt(value);
}
