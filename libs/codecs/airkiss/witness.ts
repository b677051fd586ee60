// Two gatherings of the same data that know nothing of one another: where strays were seen, both have to agree.
import type { Verdict } from './verdict.js';

/** What was gathered once, with every check in order. */
export type Testimony = Extract<Verdict, { kind: 'right' }>;

/** Keeps the last testimony until another one agrees with it. */
export class Witness {
  private testimony: Testimony | undefined;

  /** Whether something was gathered that waits for agreement. */
  get isWaiting(): boolean {
    return this.testimony !== undefined;
  }

  /** The result when it agrees with the one before; it is wrong only if both are. */
  agree(testimony: Testimony): Testimony | undefined {
    const before = this.testimony;
    if (before && isSame(before, testimony)) return { ...testimony, risk: before.risk * testimony.risk };
    this.testimony = testimony;
    return undefined;
  }

  dismiss(): void {
    this.testimony = undefined;
  }
}

const isSame = (one: Testimony, other: Testimony): boolean =>
  one.random === other.random && areEqual(one.password, other.password) && areEqual(one.ssid, other.ssid);

const areEqual = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
