// The ledger: a line for every change of a binding and every refused proof, kept for ever.
import type { Via } from '#codecs/api';
import type { Actor, Origin } from '#domain/accounts';

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
  | 'renamed'
  | 'transfer-offered'
  | 'transfer-withdrawn'
  | 'transferred'
  | 'locked'
  | 'unlocked'
  | 'found'
  | 'recovery-asked'
  | 'recovery-vetoed'
  | 'recovered'
  | 'force-released'
  | 'retired'
  | ErasureWhat
  | SharingWhat;

/** What happened to who may see or do something, without a change of owner. */
export type SharingWhat = 'joined' | 'let-in' | 'left' | 'revoked' | 'share-ended' | 'moved';

/** What was recorded in an epoch that is over goes, and is gone. `epoch` is the one that it is about. */
export type ErasureWhat = 'erasure-asked' | 'erased';

/** One line that explains a change (or a refused attempt). */
export interface LedgerRow {
  readonly deviceId: string;
  /** After the change. */
  readonly epoch: number;
  readonly at: number;
  readonly what: LedgerWhat;
  /** The account that acted; null when the device or the gateway did. */
  readonly accountId: string | null;
  /** From where; null in rows that are older than this column. */
  readonly via: Via | null;
  /** Of who acted; null when a person who is no longer here did, or nobody. */
  readonly address: string | null;
  /** The account that was let in, or lost something, by it; null: none but whose the device is. */
  readonly concernsId: string | null;
  readonly proof: string | null;
  /** Of what ends by itself, or becomes due: a window, a claim, an offer, a recovery. */
  readonly until: number | null;
  /** An operator's, for what is done without the owner. */
  readonly reason: string | null;
}

type Said = Pick<LedgerRow, 'deviceId' | 'epoch' | 'at' | 'what'>;

/** What is not said is null. */
export function ledgerRow({ via, address }: Origin, said: Said & Partial<LedgerRow>): LedgerRow {
  return { accountId: null, via, address, concernsId: null, proof: null, until: null, reason: null, ...said };
}

/** Of an epoch of theirs that is over. */
export function erasureAsked(
  { deviceId, epoch }: Pick<LedgerRow, 'deviceId' | 'epoch'>,
  { id: accountId, from }: Pick<Actor, 'id' | 'from'>,
  at: number,
): LedgerRow {
  return ledgerRow(from, { deviceId, epoch, at, what: 'erasure-asked', accountId });
}
