// The key ring: the secret keys that every printed ticket and PIN of one gateway comes from.

/** Bytes of one key. */
export const KEY_BYTES = 32;
/** Key ids fill 8 bits of a ticket. */
export const MAX_KEY_ID = 255;

const FIRST_KEY_ID = 1;

/** What issuing and reading needs: new tickets are made with `current`, old ones are read with the key they name. */
export interface KeyRing {
  /** Id of the key that new tickets are made with; always one of `keys`. */
  readonly current: number;
  /** 32 secret bytes by key id (0 to 255). Never change the bytes in place: subkeys are remembered by identity. */
  readonly keys: ReadonlyMap<number, Uint8Array>;
}

/** A ring as it is kept: with the time at which each key was made. */
export interface KeptKeyRing extends KeyRing {
  readonly createdAt: ReadonlyMap<number, Date>;
}

/** A key from 32 random bytes of the caller's (a copy). @throws RangeError for any other number of bytes. */
export function createKey(randomBytes: Uint8Array): Uint8Array {
  if (randomBytes.length !== KEY_BYTES) {
    throw new RangeError(`a key is ${KEY_BYTES} bytes, not ${randomBytes.length}`);
  }
  return Uint8Array.from(randomBytes);
}

/** The first ring of a gateway: one key, with id 1. */
export function createKeyRing(randomBytes: Uint8Array, createdAt: Date): KeptKeyRing {
  return withCurrentKey(FIRST_KEY_ID, randomBytes, createdAt, { keys: new Map(), createdAt: new Map() });
}

/**
 * The ring with one more key, which becomes the current one; every older key stays, since labels were printed with it.
 * @throws RangeError when the id 255 is used up.
 */
export function rotateKeyRing(ring: KeptKeyRing, randomBytes: Uint8Array, createdAt: Date): KeptKeyRing {
  const id = Math.max(...ring.keys.keys()) + 1;
  if (id > MAX_KEY_ID) {
    throw new RangeError(`the ring is full: key id ${MAX_KEY_ID} is in use`);
  }
  return withCurrentKey(id, randomBytes, createdAt, ring);
}

function withCurrentKey(
  id: number,
  randomBytes: Uint8Array,
  createdAt: Date,
  older: Pick<KeptKeyRing, 'keys' | 'createdAt'>,
): KeptKeyRing {
  return {
    current: id,
    keys: new Map([...older.keys, [id, createKey(randomBytes)]]),
    createdAt: new Map([...older.createdAt, [id, createdAt]]),
  };
}
