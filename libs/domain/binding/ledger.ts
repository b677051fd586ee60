// The ledger: a line for every change of a binding and every refused proof, kept for ever.

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
  | SharingWhat;

/** What happened to who may see or do something, without a change of owner. */
export type SharingWhat = 'joined' | 'let-in' | 'left' | 'revoked' | 'share-ended' | 'moved';

/** One line that explains a change (or a refused attempt). */
export interface LedgerRow {
  readonly deviceId: string;
  /** After the change. */
  readonly epoch: number;
  readonly at: number;
  readonly what: LedgerWhat;
  /** The account that acted; null when the device or the gateway did. */
  readonly accountId: string | null;
  readonly proof: string | null;
  /** Of what ends by itself, or becomes due: a window, a claim, an offer, a recovery. */
  readonly until: number | null;
  /** An operator's, for what is done without the owner. */
  readonly reason: string | null;
}
