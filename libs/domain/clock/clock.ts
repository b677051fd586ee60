// Time as the house sees it: a port, so that a test can own it.

export abstract class Clock {
  /** Milliseconds since the epoch. */
  abstract now(): number;
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}

/** A clock for tests and simulations: it stands until somebody moves it. */
export class ManualClock extends Clock {
  constructor(private timeMs: number) {
    super();
  }

  now(): number {
    return this.timeMs;
  }

  advance(byMs: number): number {
    this.timeMs += byMs;
    return this.timeMs;
  }
}
