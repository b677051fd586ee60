// What must hold before a binding changes: each guard says what stands against an event, if anything does.
import type { ErrorCode, Proof } from '#codecs/api';
import { equalHashes } from '#domain/accounts';
import type { Binding } from './binding.js';

/** Why nothing changes: a refusal, or `done` when it was done before. */
export type Objection = ErrorCode | 'done';

export type Guard<E> = (binding: Binding, event: E) => Objection | null;

/** A guard that always objects. */
export type Answer<E> = (binding: Binding, event: E) => Objection;

interface Deed {
  readonly at: number;
  readonly accountId: string;
}

/** For everybody else there is no such device. */
export const byOwner: Guard<Deed> = ({ ownerId }, { accountId }) =>
  ownerId === accountId ? null : 'not-found';

export const notByOwner: Guard<Deed> = ({ ownerId }, { accountId }) =>
  ownerId === accountId ? 'already-bound' : null;

/** Who has it already has done what is asked for. */
export const notDoneByOwner: Guard<Deed> = ({ ownerId }, { accountId }) =>
  ownerId === accountId ? 'done' : null;

/** It stands there already. */
export const elsewhere: Guard<Deed & { readonly homeId: string }> = ({ homeId: stands }, { homeId }) =>
  stands === homeId ? 'done' : null;

/** It is as the owner wants it already. */
export const doneForOwner =
  (code: ErrorCode): Answer<Deed> =>
  ({ ownerId }, { accountId }) =>
    ownerId === accountId ? 'done' : code;

/** Whoever is ahead stays ahead, and stays unnamed. */
export const nobodyElseClaims: Guard<Deed> = ({ pending }, { accountId }) =>
  pending === null || pending.accountId === accountId ? null : 'claim-lost';

export const ownClaim: Guard<Deed & { readonly nonceHash: string }> = (
  { pending },
  { accountId, nonceHash },
) => (pending?.accountId === accountId && equalHashes(pending.nonceHash, nonceHash) ? null : 'claim-expired');

export const possessionShown: Guard<
  Deed & { readonly proof: Proof['by']; readonly shownHash: string | null }
> = ({ windowUntil, windowNonceHash }, { proof, shownHash }) => {
  switch (proof) {
    case 'button':
      return windowUntil !== null && windowNonceHash === null ? null : 'possession-not-shown';
    case 'provisioned':
      if (windowUntil === null || windowNonceHash === null) return 'possession-not-shown';
      return shownHash !== null && equalHashes(windowNonceHash, shownHash) ? null : 'possession-refused';
    case 'pin':
    case 'none':
      return null;
    default:
      return proof satisfies never;
  }
};

export const offered: Guard<Deed & { readonly tokenHash: string }> = ({ offer }, { tokenHash }) =>
  offer !== null && equalHashes(offer.tokenHash, tokenHash) ? null : 'link-spent';

export const somethingOffered: Guard<Deed> = ({ offer }) => (offer === null ? 'done' : null);

/** A window that stays open is not opened again: whoever presses often leaves one line. */
export const notOpenAlready: Guard<{ readonly until: number; readonly nonceHash: string | null }> = (
  { windowUntil },
  { nonceHash },
) => (windowUntil !== null && nonceHash === null ? 'done' : null);

export const nobodyRecovers: Guard<Deed> = ({ recovery }, { accountId }) => {
  if (recovery === null) return null;
  return recovery.accountId === accountId ? 'done' : 'claim-lost';
};

export const somebodyRecovers: Guard<Deed> = ({ recovery }) => (recovery === null ? 'done' : null);

/** Asked by this person, long enough ago. */
export const recoveryDue: Guard<Deed> = ({ recovery }, { accountId, at }) => {
  if (recovery?.accountId !== accountId) return 'claim-expired';
  return recovery.dueAt <= at ? null : 'recovery-not-due';
};
