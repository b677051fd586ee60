// Reads a ledger as a suspicious auditor would: each line must follow from those before it, and together they must
// explain the binding. It knows the rules of binding and nothing of the machine.
import type { BindingStateName } from '#codecs/api';
import type { Binding } from './binding.js';
import type { LedgerRow } from './ledger.js';

/** What an auditor calls a fault. */
export class Unexplained extends Error {}

interface Until {
  readonly until: number;
}

export class LedgerReader {
  private ownerId: string | null = null;
  /** By the epochs that are over. */
  private readonly former = new Map<number, string>();
  private epoch = 0;
  private isLocked = false;
  private isRetired = false;
  private window: Until | null = null;
  private claim: (Until & { readonly by: string; readonly proof: string | null }) | null = null;
  private offer: Until | null = null;
  private recovery: (Until & { readonly by: string }) | null = null;

  static read(rows: readonly LedgerRow[]): LedgerReader {
    const reader = new LedgerReader();
    for (const row of rows) reader.take(row);
    return reader;
  }

  take(row: LedgerRow): void {
    if (row.what === 'erasure-asked' || row.what === 'erased') this.takeErasure(row);
    else this.takeChange(row);
  }

  /** Of an epoch that is over, by whose it was. */
  private takeErasure(row: LedgerRow): void {
    const owner = this.former.get(row.epoch);
    const isTheirs = row.what === 'erased' ? owner !== undefined : owner === row.accountId;
    this.must(row, isTheirs, 'of what was not theirs, or is still theirs');
  }

  private takeChange(row: LedgerRow): void {
    const { at, what, until, proof } = row;
    const by = row.accountId ?? '';
    switch (what) {
      case 'window-opened':
        this.must(row, !this.isLocked && !this.isRetired, 'a window at a locked or retired device');
        this.window = { until: until ?? 0 };
        break;
      case 'claimed':
        this.must(row, this.isFree, 'a claim on what is not free');
        this.must(row, !lasts(this.claim, at) || this.claim?.by === by, 'a claim over another one');
        this.spendProof(row);
        this.claim = { until: until ?? 0, by, proof };
        break;
      case 'bound':
        this.must(
          row,
          this.isFree && lasts(this.claim, at) && this.claim?.by === by,
          'bound without a claim',
        );
        this.must(row, this.claim?.proof === proof, 'bound by another proof than it was claimed by');
        this.changeOwner(by);
        break;
      case 'released':
        this.must(row, this.ownerId === by && !this.isLocked, 'released by somebody else, or locked');
        this.changeOwner(null);
        break;
      case 'reset-at-device':
        this.must(row, !this.isLocked && !this.isRetired, 'a locked or retired device was reset');
        if (this.ownerId === null) this.clear();
        else this.changeOwner(null);
        break;
      case 'renamed':
        this.must(row, this.ownerId === by, 'renamed by somebody else');
        break;
      case 'transfer-offered':
        this.must(row, this.ownerId === by && !this.isLocked, 'offered by somebody else, or locked');
        this.offer = { until: until ?? 0 };
        break;
      case 'transfer-withdrawn':
        this.must(row, this.ownerId === by && lasts(this.offer, at), 'nothing to withdraw, or not theirs');
        this.offer = null;
        break;
      case 'transferred':
        this.must(row, lasts(this.offer, at) && !this.isLocked, 'taken over without an offer');
        this.must(row, this.ownerId !== null && this.ownerId !== by, 'taken over from nobody');
        this.changeOwner(by);
        break;
      case 'locked':
        this.must(row, this.ownerId === by && !this.isLocked, 'locked by somebody else');
        this.clear();
        this.isLocked = true;
        break;
      case 'unlocked':
        this.must(row, this.ownerId === by && this.isLocked, 'unlocked by somebody else');
        this.isLocked = false;
        break;
      case 'found':
        this.must(row, this.ownerId !== null && this.ownerId !== by, 'found by its owner, or nobody lost it');
        break;
      case 'recovery-asked':
        this.must(row, this.ownerId !== null && this.ownerId !== by, 'asked for what is free, or theirs');
        this.must(row, !this.isLocked && !this.recovering(at), 'a recovery over another one, or locked');
        this.must(row, (until ?? 0) - at >= vetoMs, 'the owner has less than 72 h to object');
        this.spendProof(row);
        this.recovery = { until: until ?? 0, by };
        break;
      case 'recovery-vetoed':
        this.must(row, this.ownerId === by && this.recovering(at), 'nothing to veto, or not theirs');
        this.recovery = null;
        break;
      case 'recovered':
        this.must(row, this.recovering(at) && this.recovery?.by === by, 'nobody asked for this recovery');
        this.must(row, (this.recovery?.until ?? at + 1) <= at, 'recovered before the owner could object');
        this.spendProof(row);
        this.changeOwner(by);
        break;
      case 'force-released':
        this.must(row, this.ownerId !== null && row.reason !== null, 'forced without an owner or a reason');
        this.changeOwner(null);
        break;
      case 'retired':
        this.must(row, this.isFree && row.reason !== null, 'retired under its owner, or without a reason');
        this.clear();
        this.isRetired = true;
        break;
      case 'registered':
      case 'proof-refused':
      case 'credential-contested':
      case 'joined':
      case 'let-in':
      case 'left':
      case 'revoked':
      case 'share-ended':
      case 'moved':
      case 'erasure-asked':
      case 'erased':
        break;
      default:
        what satisfies never;
    }
    this.must(row, row.epoch === this.epoch, `the epoch should be ${this.epoch}`);
  }

  /** What there is according to the ledger alone. */
  at(now: number) {
    return {
      state: this.stateAt(now),
      epoch: this.epoch,
      ownerId: this.ownerId,
      window: lasts(this.window, now) ? (this.window?.until ?? null) : null,
      claimedBy: lasts(this.claim, now) ? (this.claim?.by ?? null) : null,
      isOffered: lasts(this.offer, now),
      recoveringBy: this.recovering(now) ? (this.recovery?.by ?? null) : null,
    };
  }

  private stateAt(now: number): BindingStateName {
    if (this.isRetired) return 'retired';
    if (this.ownerId !== null) return this.isLocked ? 'locked' : 'bound';
    if (lasts(this.claim, now)) return 'pending';
    if (lasts(this.window, now)) return 'claimable';
    return this.epoch > 0 ? 'released' : 'registered';
  }

  private get isFree(): boolean {
    return this.ownerId === null && !this.isRetired;
  }

  private recovering(at: number): boolean {
    return this.recovery !== null && this.recovery.until + weekMs > at;
  }

  /** A press shows possession to whoever comes in time; a nonce once. */
  private spendProof(row: LedgerRow): void {
    if (row.proof === 'pin' || row.proof === 'none') return;
    this.must(row, lasts(this.window, row.at), 'possession was not shown');
    if (row.proof === 'provisioned') this.window = null;
  }

  private changeOwner(ownerId: string | null): void {
    this.clear();
    if (this.ownerId !== null) this.former.set(this.epoch, this.ownerId);
    this.isLocked = false;
    this.ownerId = ownerId;
    this.epoch++;
  }

  private clear(): void {
    this.window = null;
    this.claim = null;
    this.offer = null;
    this.recovery = null;
  }

  private must({ what, at }: LedgerRow, holds: boolean, fault: string): void {
    if (!holds) throw new Unexplained(`${what} at ${at}: ${fault}`);
  }
}

const vetoMs = 72 * 60 * 60_000;
const weekMs = 7 * 24 * 60 * 60_000;

function lasts(what: Until | null, at: number): boolean {
  return what !== null && what.until > at;
}

/** The same of a binding as it is stored, to be held against what the ledger says. */
export function factsOf({ state, epoch, ownerId, windowUntil, pending, offer, recovery }: Binding) {
  return {
    state,
    epoch,
    ownerId,
    window: windowUntil,
    claimedBy: pending?.accountId ?? null,
    isOffered: offer !== null,
    recoveringBy: recovery?.accountId ?? null,
  };
}
