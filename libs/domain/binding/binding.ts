// A binding: who owns a device, in which epoch, and what is under way to change that.
import type { BindingStateName, Proof } from '#codecs/api';

export interface PendingClaim {
  readonly accountId: string;
  readonly nonceHash: string;
  readonly expiresAt: number;
  readonly proof: Proof['by'];
}

export interface Binding {
  readonly deviceId: string;
  readonly state: BindingStateName;
  /** Rises at every change of owner and stands on every row that outlives an owner. */
  readonly epoch: number;
  /** Rises with every write: the fence of compare-and-set. */
  readonly version: number;
  readonly ownerId: string | null;
  readonly homeId: string | null;
  /** The owner's name for the device; it goes with the owner. */
  readonly name: string | null;
  /** Until when an action at the device counts as possession. */
  readonly windowUntil: number | null;
  readonly pending: PendingClaim | null;
}

export type LedgerWhat =
  | 'registered'
  | 'window-opened'
  | 'claimed'
  | 'bound'
  | 'released'
  | 'reset-at-device'
  | 'proof-refused'
  /** Two clients used its credential at once. */
  | 'credential-contested'
  | 'renamed';

/** One line that explains a change (or a refused attempt), kept for ever. */
export interface LedgerRow {
  readonly deviceId: string;
  readonly epoch: number;
  readonly at: number;
  readonly what: LedgerWhat;
  /** The account that acted; null when the device or the gateway did. */
  readonly accountId: string | null;
  readonly proof: string | null;
}

/** A change that was decided and not yet stored: `next.version` is the version it replaces plus one. */
export interface BindingChange {
  readonly next: Binding;
  readonly ledger: readonly LedgerRow[];
}

export function registeredBinding(deviceId: string): Binding {
  return {
    deviceId,
    state: 'registered',
    epoch: 0,
    version: 0,
    ownerId: null,
    homeId: null,
    name: null,
    windowUntil: null,
    pending: null,
  };
}
