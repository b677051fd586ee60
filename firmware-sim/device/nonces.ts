// Which nonces a device passes on: those of whoever has just put it on the Wi-Fi, and of nobody else.
import type { Time } from './time.js';

/** After joining: later ones come from somebody who was not there when it was provisioned. */
export const nonceWindowMs = 120_000;

/** Open from an acknowledgement on, for one nonce. */
export class NonceWindow {
  private openUntilMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly time: Time) {}

  open(): void {
    this.openUntilMs = this.time.nowMs() + nonceWindowMs;
  }

  /** Whether it is to be passed on; the sender asks again until it is answered, so the same comes often. */
  admits(): boolean {
    const isOpen = this.time.nowMs() < this.openUntilMs;
    this.openUntilMs = Number.NEGATIVE_INFINITY;
    return isOpen;
  }
}
