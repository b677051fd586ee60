// Chance that can be repeated: the same seed gives the same home.

/** One draw in [0, 1) and the seed of the next one (mulberry32). Pure, so that a state can carry its chance. */
export function draw(seed: number): { readonly value: number; readonly seed: number } {
  const next = (seed + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(next ^ (next >>> 15), next | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return { value: ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32, seed: next };
}

/** A source of draws, for whoever needs no state of its own. */
export function chance(seed: number): () => number {
  let current = seed >>> 0;
  return () => {
    const { value, seed: next } = draw(current);
    current = next;
    return value;
  };
}

/** A seed of its own for each name under one seed (FNV-1a). */
export function seedOf(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
