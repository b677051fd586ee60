// Random courses of a carbon monoxide level, as a sensor with its gaps would report them.

export const intervalS = 60;

export interface Sample {
  /** Milliseconds since the beginning. */
  readonly at: number;
  readonly ppm: number;
}

/** The same course for the same seed: some hours of clean, raised and dangerous air, with blind time in between. */
export function courseOf(seed: number, samples = 120): Sample[] {
  const draw = drawsOf(seed);
  const air: Air = { raised: draw() ** 3, worst: 30 * 30 ** draw() };
  let at = 0;
  let ppm = 0;
  return Array.from({ length: samples }, () => {
    at += gapMs(draw);
    if (draw() < 0.4) ppm = levelOf(air, draw);
    return { at, ppm };
  });
}

function gapMs(draw: () => number): number {
  const kind = draw();
  if (kind < 0.9) return 20_000 + Math.floor(draw() * 60_000);
  return Math.floor(draw() * (kind < 0.97 ? 3 : 30) * 60_000);
}

interface Air {
  /** The share of it that is not clean. */
  readonly raised: number;
  readonly worst: number;
}

/** The borders themselves come up too. */
function levelOf({ raised, worst }: Air, draw: () => number): number {
  if (draw() > raised) return Math.round(draw() * 300) / 10;
  const border = borders[Math.floor(draw() * borders.length * 3)];
  if (border !== undefined && border <= worst) return border;
  return Math.round(30 * (worst / 30) ** draw() * 10) / 10;
}

const borders = [29.9, 30, 49.9, 50, 100, 300, 599, 600];

/** Mulberry32. */
function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
