// The state machine of a binding, written once: for each event and state the step that follows, or why none does.
import type { BindingStateName, ErrorCode } from '#codecs/api';
import { type Binding, nobodys } from './binding.js';
import type { BindingEvent, BindingEventKind, EventOf } from './binding-event.js';
import * as guard from './guards.js';
import type { LedgerWhat } from './ledger.js';

export interface Step<E> {
  /** `same`: the state stays. `at-rest`: `registered`, or `released` once it has had an owner. */
  readonly to: BindingStateName | 'same' | 'at-rest';
  /** Its line in the ledger. */
  readonly what: LedgerWhat;
  /** The first that objects decides. */
  readonly guards: readonly guard.Guard<E>[];
  /** What it writes beside the state; epochs and what goes with an owner follow by themselves. */
  readonly writes?: (event: E, binding: Binding) => Partial<Binding>;
  /** Whether the owner until now wants erased what was recorded in their time: a line more. */
  readonly erases?: (event: E, binding: Binding) => boolean;
}

/** What follows in one state; where nothing does, the answer to that (a refusal, or `done`). */
export type Cell<E> = Step<E> | guard.Answer<E> | guard.Objection;
export type Row<E> = Readonly<Record<BindingStateName, Cell<E>>>;
export type Machine = { readonly [K in BindingEventKind]: Row<EventOf<K>> };

const opened: Step<EventOf<'window'>> = {
  to: 'claimable',
  what: 'window-opened',
  guards: [],
  writes: ({ until, nonceHash }) => ({ windowUntil: until, windowNonceHash: nonceHash }),
};

const claimed: Step<EventOf<'claim'>> = {
  to: 'pending',
  what: 'claimed',
  guards: [guard.nobodyElseClaims, guard.possessionShown],
  writes: ({ accountId, nonceHash, expiresAt, proof }) => ({
    pending: { accountId, nonceHash, expiresAt, proof },
    ...usedUp(proof),
  }),
};

const unclaimed: Step<EventOf<'reset'>> = {
  to: 'at-rest',
  what: 'reset-at-device',
  guards: [],
  writes: () => nobodys,
};

const givenUp = (): Partial<Binding> => nobodys;

const forced: Step<EventOf<'force-release'>> = {
  to: 'released',
  what: 'force-released',
  guards: [],
  writes: givenUp,
};

const retired: Step<EventOf<'retire'>> = { to: 'retired', what: 'retired', guards: [], writes: givenUp };

const moved: Step<EventOf<'move'>> = {
  to: 'same',
  what: 'moved',
  guards: [guard.byOwner, guard.elsewhere],
  writes: ({ homeId }) => ({ homeId }),
};

const found: Step<EventOf<'found'>> = { to: 'same', what: 'found', guards: [guard.notByOwner] };

/** What means nothing, or is nobody's business, while the device has no owner. */
const unowned = (code: ErrorCode) => ({ registered: code, claimable: code, pending: code, released: code });

export const machine: Machine = {
  window: {
    registered: opened,
    claimable: opened,
    pending: { ...opened, to: 'pending' },
    // It binds nobody: it shows who may ask for a recovery.
    bound: { ...opened, to: 'same', guards: [guard.notOpenAlready] },
    released: opened,
    locked: 'device-locked',
    retired: 'not-our-code',
  },
  reset: {
    registered: unclaimed,
    claimable: unclaimed,
    pending: unclaimed,
    bound: { to: 'released', what: 'reset-at-device', guards: [], writes: givenUp },
    released: unclaimed,
    locked: 'device-locked',
    retired: 'not-our-code',
  },
  claim: {
    registered: claimed,
    claimable: claimed,
    pending: claimed,
    bound: 'already-bound',
    released: claimed,
    locked: 'device-locked',
    retired: 'not-our-code',
  },
  confirm: {
    ...unowned('claim-expired'),
    pending: { to: 'bound', what: 'bound', guards: [guard.ownClaim], writes: taken },
    bound: guard.doneForOwner('already-bound'),
    locked: 'claim-expired',
    retired: 'not-our-code',
  },
  release: {
    ...unowned('not-found'),
    bound: {
      to: 'released',
      what: 'released',
      guards: [guard.byOwner],
      writes: givenUp,
      erases: ({ erases }) => erases,
    },
    locked: 'device-locked',
    retired: 'not-found',
  },
  rename: {
    ...unowned('not-found'),
    bound: { to: 'same', what: 'renamed', guards: [guard.byOwner], writes: ({ name }) => ({ name }) },
    locked: { to: 'same', what: 'renamed', guards: [guard.byOwner], writes: ({ name }) => ({ name }) },
    retired: 'not-found',
  },
  move: { ...unowned('not-found'), bound: moved, locked: moved, retired: 'not-found' },
  offer: {
    ...unowned('not-found'),
    bound: {
      to: 'same',
      what: 'transfer-offered',
      guards: [guard.byOwner],
      writes: ({ tokenHash, expiresAt, erases }) => ({ offer: { tokenHash, expiresAt, erases } }),
    },
    locked: 'device-locked',
    retired: 'not-found',
  },
  withdraw: {
    ...unowned('not-found'),
    bound: {
      to: 'same',
      what: 'transfer-withdrawn',
      guards: [guard.byOwner, guard.somethingOffered],
      writes: () => ({ offer: null }),
    },
    locked: 'device-locked',
    retired: 'not-found',
  },
  accept: {
    ...unowned('link-spent'),
    bound: {
      to: 'bound',
      what: 'transferred',
      guards: [guard.notDoneByOwner, guard.offered],
      writes: taken,
      erases: (_, { offer }) => offer?.erases === true,
    },
    locked: 'link-spent',
    retired: 'link-spent',
  },
  lock: {
    ...unowned('not-found'),
    bound: {
      to: 'locked',
      what: 'locked',
      guards: [guard.byOwner],
      writes: () => ({ windowUntil: null, windowNonceHash: null, offer: null, recovery: null }),
    },
    locked: guard.doneForOwner('not-found'),
    retired: 'not-found',
  },
  unlock: {
    ...unowned('not-found'),
    bound: guard.doneForOwner('not-found'),
    locked: { to: 'bound', what: 'unlocked', guards: [guard.byOwner] },
    retired: 'not-found',
  },
  found: { ...unowned('not-found'), bound: found, locked: found, retired: 'not-found' },
  'ask-recovery': {
    // Nobody has to be asked: it can be bound.
    ...unowned('not-found'),
    bound: {
      to: 'same',
      what: 'recovery-asked',
      guards: [guard.notByOwner, guard.nobodyRecovers, guard.possessionShown],
      writes: ({ accountId, dueAt, proof }) => ({ recovery: { accountId, dueAt }, ...usedUp(proof) }),
    },
    locked: 'device-locked',
    retired: 'not-our-code',
  },
  veto: {
    ...unowned('not-found'),
    bound: {
      to: 'same',
      what: 'recovery-vetoed',
      guards: [guard.byOwner, guard.somebodyRecovers],
      writes: () => ({ recovery: null }),
    },
    locked: guard.doneForOwner('not-found'),
    retired: 'not-found',
  },
  recover: {
    ...unowned('claim-expired'),
    bound: {
      to: 'bound',
      what: 'recovered',
      guards: [guard.notDoneByOwner, guard.recoveryDue, guard.possessionShown],
      writes: taken,
    },
    locked: 'device-locked',
    retired: 'not-our-code',
  },
  'force-release': {
    ...unowned('not-found'),
    bound: forced,
    locked: forced,
    retired: 'not-found',
  },
  retire: {
    registered: retired,
    claimable: retired,
    pending: retired,
    // An owner is not passed over: the operator releases the device first, which tells the owner.
    bound: 'already-bound',
    released: retired,
    locked: 'device-locked',
    retired: 'done',
  },
};

export const eventKinds = Object.keys(machine) as readonly BindingEventKind[];

/** All that the new owner gets; whatever was under way is over. */
function taken({ accountId, homeId, name }: { accountId: string; homeId: string; name: string | null }) {
  return { ...nobodys, ownerId: accountId, homeId, name };
}

/** A nonce shows possession once; a press of the button shows it to whoever comes in time. */
function usedUp(proof: Extract<BindingEvent, { kind: 'claim' }>['proof']): Partial<Binding> {
  return proof === 'provisioned' ? { windowUntil: null, windowNonceHash: null } : {};
}
