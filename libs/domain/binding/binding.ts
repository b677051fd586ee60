// A binding: who owns a device, in which epoch, and what is under way to change that.
import type { BindingStateName, Proof } from '#codecs/api';
import type { LedgerRow } from './ledger.js';

export interface PendingClaim {
  readonly accountId: string;
  readonly nonceHash: string;
  readonly expiresAt: number;
  readonly proof: Proof['by'];
}

/** The owner lets whoever has the token have the device. */
export interface TransferOffer {
  readonly tokenHash: string;
  readonly expiresAt: number;
  /** Whether what the device recorded in the owner's time is erased when it is taken. */
  readonly erases: boolean;
}

/** Somebody who holds the device wants it, though its owner has not let go of it. */
export interface Recovery {
  readonly accountId: string;
  /** Until then the owner is told again and again, and can veto. */
  readonly dueAt: number;
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
  /** What the device was handed over the local network: then only who knows it has the device. Null: whoever comes. */
  readonly windowNonceHash: string | null;
  readonly pending: PendingClaim | null;
  readonly offer: TransferOffer | null;
  readonly recovery: Recovery | null;
  /** The last epoch that began by an owner's losing the device: an older credential may be in that owner's hands. */
  readonly credentialEpoch: number;
}

/** A change that was decided and not yet stored: `next.version` is the version it replaces plus one. */
export interface BindingChange {
  readonly next: Binding;
  readonly ledger: readonly LedgerRow[];
}

/** Nothing is under way, and nobody is the owner. */
export const nobodys = {
  ownerId: null,
  homeId: null,
  name: null,
  windowUntil: null,
  windowNonceHash: null,
  pending: null,
  offer: null,
  recovery: null,
} as const satisfies Partial<Binding>;

export function registeredBinding(deviceId: string): Binding {
  return { deviceId, state: 'registered', epoch: 0, version: 0, credentialEpoch: 0, ...nobodys };
}
