// A farewell: an account that is being removed, how far that has come, and what is left of it afterwards.
import { type FarewellCertificate, type RemovedCounts, removedKinds, type Via } from '#codecs/api';

export interface Farewell {
  /** Of an account that nobody can sign in to any more, and soon of none. */
  readonly accountId: string;
  /** Of the link by which the person sees that it is done. */
  readonly tokenHash: string;
  /** From where it was asked for; the address is not kept. */
  readonly via: Via;
  readonly askedAt: number;
  readonly removed: RemovedCounts;
  /** When nothing of the account was left; null: not yet. */
  readonly removedAt: number | null;
  readonly certificate: FarewellCertificate | null;
}

export const nothingRemoved = Object.fromEntries(removedKinds.map(kind => [kind, 0])) as RemovedCounts;
