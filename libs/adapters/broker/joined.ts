// Frames that go out together as one piece: the same piece for all who are sent the same.

interface Piece {
  readonly frames: readonly Uint8Array[];
  readonly bytes: Uint8Array;
}

/** By their first frame, for as long as somebody has that. */
const known = new WeakMap<Uint8Array, Piece>();

/** Fifty who listen to everything are sent the very same frames: these are copied once, and not fifty times. */
export function joined(frames: readonly Uint8Array[]): Uint8Array {
  const [first] = frames;
  if (first === undefined) return new Uint8Array(0);
  if (frames.length === 1) return first;
  const piece = known.get(first);
  if (piece && isSame(piece.frames, frames)) return piece.bytes;
  const bytes = Buffer.concat(frames);
  known.set(first, { frames, bytes });
  return bytes;
}

function isSame(some: readonly Uint8Array[], others: readonly Uint8Array[]): boolean {
  return some.length === others.length && some.every((frame, i) => frame === others[i]);
}
