// Time as a device feels it, so that a test can hold it in its hand.

export type Cancel = () => void;

export interface Time {
  /** Milliseconds since 1970, by the device's own clock, before the gateway corrected it. */
  nowMs(): number;
  after(delayMs: number, run: () => void): Cancel;
}

export const wallTime: Time = {
  nowMs: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
