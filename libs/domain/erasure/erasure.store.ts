// What the erasure room needs from a store.
import { type ErasedCounts, type ErasureCertificate, erasedKinds } from '#codecs/api';
import type { LedgerRow } from '#domain/binding';

/** A time in which a device was somebody's, and that is over. */
export interface PastPeriod {
  readonly deviceId: string;
  readonly epoch: number;
  readonly accountId: string;
  readonly from: number;
  readonly to: number;
}

/** What was asked for, how far it has come, and in the end what it came to. One for each period at most. */
export interface Erasure {
  readonly deviceId: string;
  readonly epoch: number;
  readonly accountId: string;
  readonly askedAt: number;
  readonly erased: ErasedCounts;
  readonly erasedAt: number | null;
  readonly certificate: ErasureCertificate | null;
}

export const noneErased = Object.fromEntries(erasedKinds.map(kind => [kind, 0])) as ErasedCounts;

export abstract class ErasureStore {
  /** Newest first; the present one is not among them. */
  abstract pastOf(accountId: string): Promise<PastPeriod[]>;
  /** Null: it was not this person's, or it still is. */
  abstract period(accountId: string, deviceId: string, epoch: number): Promise<PastPeriod | null>;
  abstract ofPerson(accountId: string): Promise<Erasure[]>;
  abstract byPeriod(deviceId: string, epoch: number): Promise<Erasure | null>;
  /** The line that asks, and the erasure. Does nothing when it was asked for before. */
  abstract ask(line: LedgerRow): Promise<void>;
  abstract unfinished(): Promise<Erasure[]>;
  /**
   * Everything in the database, in slices of a moment between which commits go through; what each took is counted
   * with it. @returns false when `signal` ended it early.
   */
  abstract erase(period: PastPeriod, signal: AbortSignal): Promise<boolean>;
  /** The one picture that a period has at most. */
  abstract countPicture(period: PastPeriod): Promise<void>;
  /** With its line in the ledger. */
  abstract finish(period: PastPeriod, at: number, certificate: ErasureCertificate): Promise<void>;
}
