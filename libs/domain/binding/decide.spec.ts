// Binding as a table of state and event.
import { describe, expect, it } from '@jest/globals';
import type { BindingStateName } from '#codecs/api';
import { type Binding, registeredBinding } from './binding.js';
import { type BindingEvent, type Decision, decide, lapse } from './decide.js';

const now = 1_763_700_000_000;
const later = now + 120_000;

const claim = {
  accountId: 'lin',
  nonceHash: 'hash of the nonce',
  expiresAt: later,
  proof: 'button',
} as const;
const owned = { ownerId: 'lin', homeId: 'lins-home', name: 'Kitchen', epoch: 3 };

const states: Record<BindingStateName, Partial<Binding>> = {
  registered: {},
  claimable: { windowUntil: later },
  pending: { windowUntil: later, pending: claim },
  bound: owned,
  released: { epoch: 4 },
  locked: owned,
  retired: { epoch: 4 },
};

const inState = (state: BindingStateName): Binding => ({
  ...registeredBinding('d1-1'),
  version: 7,
  ...states[state],
  state,
});

const at = now + 1000;
const events = {
  button: { kind: 'window', at, until: at + 120_000 },
  'claim by button': {
    kind: 'claim',
    at,
    accountId: 'lin',
    proof: 'button',
    nonceHash: 'new',
    expiresAt: later,
  },
  'claim by PIN': {
    kind: 'claim',
    at,
    accountId: 'lin',
    proof: 'pin',
    nonceHash: 'new',
    expiresAt: later,
  },
  "another's claim": {
    kind: 'claim',
    at,
    accountId: 'bo',
    proof: 'pin',
    nonceHash: 'new',
    expiresAt: later,
  },
  confirm: {
    kind: 'confirm',
    at,
    accountId: 'lin',
    nonceHash: claim.nonceHash,
    homeId: 'home',
    name: 'Mine',
  },
  "another's confirm": {
    kind: 'confirm',
    at,
    accountId: 'bo',
    nonceHash: claim.nonceHash,
    homeId: 'b',
    name: null,
  },
  'wrong nonce': {
    kind: 'confirm',
    at,
    accountId: 'lin',
    nonceHash: 'guessed',
    homeId: 'home',
    name: null,
  },
  release: { kind: 'release', at, accountId: 'lin' },
  "another's release": { kind: 'release', at, accountId: 'bo' },
  reset: { kind: 'reset', at },
  rename: { kind: 'rename', at, accountId: 'lin', name: 'Bath' },
  "another's rename": { kind: 'rename', at, accountId: 'bo', name: 'Bath' },
} satisfies Record<string, BindingEvent>;
type EventName = keyof typeof events;

/** What follows: the next state, `=` when it was done before, or the code of the refusal. */
const table: Record<BindingStateName, Record<EventName, string>> = {
  registered: {
    button: 'claimable',
    'claim by button': 'possession-not-shown',
    'claim by PIN': 'pending',
    "another's claim": 'pending',
    confirm: 'claim-expired',
    "another's confirm": 'claim-expired',
    'wrong nonce': 'claim-expired',
    release: 'not-found',
    "another's release": 'not-found',
    reset: 'registered',
    rename: 'not-found',
    "another's rename": 'not-found',
  },
  claimable: {
    button: 'claimable',
    'claim by button': 'pending',
    'claim by PIN': 'pending',
    "another's claim": 'pending',
    confirm: 'claim-expired',
    "another's confirm": 'claim-expired',
    'wrong nonce': 'claim-expired',
    release: 'not-found',
    "another's release": 'not-found',
    reset: 'registered',
    rename: 'not-found',
    "another's rename": 'not-found',
  },
  pending: {
    button: 'pending',
    'claim by button': 'pending',
    'claim by PIN': 'pending',
    "another's claim": 'claim-lost',
    confirm: 'bound',
    "another's confirm": 'claim-expired',
    'wrong nonce': 'claim-expired',
    release: 'not-found',
    "another's release": 'not-found',
    reset: 'registered',
    rename: 'not-found',
    "another's rename": 'not-found',
  },
  bound: {
    button: 'already-bound',
    'claim by button': 'already-bound',
    'claim by PIN': 'already-bound',
    "another's claim": 'already-bound',
    confirm: '=',
    "another's confirm": 'already-bound',
    'wrong nonce': '=',
    release: 'released',
    "another's release": 'not-found',
    reset: 'released',
    rename: 'bound',
    "another's rename": 'not-found',
  },
  released: {
    button: 'claimable',
    'claim by button': 'possession-not-shown',
    'claim by PIN': 'pending',
    "another's claim": 'pending',
    confirm: 'claim-expired',
    "another's confirm": 'claim-expired',
    'wrong nonce': 'claim-expired',
    release: 'not-found',
    "another's release": 'not-found',
    reset: 'released',
    rename: 'not-found',
    "another's rename": 'not-found',
  },
  locked: {
    button: 'already-bound',
    'claim by button': 'device-locked',
    'claim by PIN': 'device-locked',
    "another's claim": 'device-locked',
    confirm: 'claim-expired',
    "another's confirm": 'claim-expired',
    'wrong nonce': 'claim-expired',
    release: 'not-found',
    "another's release": 'not-found',
    reset: 'device-locked',
    rename: 'not-found',
    "another's rename": 'not-found',
  },
  retired: {
    button: 'already-bound',
    'claim by button': 'already-bound',
    'claim by PIN': 'already-bound',
    "another's claim": 'already-bound',
    confirm: 'claim-expired',
    "another's confirm": 'claim-expired',
    'wrong nonce': 'claim-expired',
    release: 'not-found',
    "another's release": 'not-found',
    reset: 'device-locked',
    rename: 'not-found',
    "another's rename": 'not-found',
  },
};

function outcome(decision: Decision): string {
  if (!decision.ok) return decision.code;
  return decision.change === null ? '=' : decision.change.next.state;
}

/** What was decided, which must have been a change. */
function changeOf(binding: Binding, event: BindingEvent) {
  const decision = decide(binding, event);
  if (!decision.ok || decision.change === null) throw new Error(`nothing changed: ${outcome(decision)}`);
  return decision.change;
}

const rows = (Object.keys(table) as BindingStateName[]).flatMap(state =>
  (Object.keys(events) as EventName[]).map(event => ({ state, event, follows: table[state][event] })),
);

describe('a decision', () => {
  it.each(rows)('in state $state on $event: $follows', ({ state, event, follows }) => {
    expect(outcome(decide(inState(state), events[event]))).toBe(follows);
  });

  it.each(rows)('in state $state on $event leaves one line in the ledger exactly when it changes', row => {
    const before = inState(row.state);
    const decision = decide(before, events[row.event]);
    if (!decision.ok || decision.change === null) return;
    const { next, ledger } = decision.change;
    expect(next.version).toBe(before.version + 1);
    expect(ledger).toMatchObject([{ deviceId: 'd1-1', at, epoch: next.epoch }]);
  });

  it('to bind gives the device to the person with home, name and a new epoch', () => {
    expect(changeOf(inState('pending'), events.confirm)).toEqual({
      next: {
        deviceId: 'd1-1',
        state: 'bound',
        epoch: 1,
        version: 8,
        ownerId: 'lin',
        homeId: 'home',
        name: 'Mine',
        windowUntil: null,
        pending: null,
      },
      ledger: [{ deviceId: 'd1-1', epoch: 1, at, what: 'bound', accountId: 'lin', proof: 'button' }],
    });
  });

  it.each(['release', 'reset'] as const)('to %s leaves nothing of the owner', event => {
    const { next } = changeOf(inState('bound'), events[event]);
    expect(next).toMatchObject({
      state: 'released',
      epoch: 4,
      ownerId: null,
      homeId: null,
      name: null,
      windowUntil: null,
      pending: null,
    });
  });

  it('to reset a device that nobody owns ends a window and a claim, and changes no owner', () => {
    expect(changeOf(inState('pending'), events.reset).next).toMatchObject({
      state: 'registered',
      epoch: 0,
      windowUntil: null,
      pending: null,
    });
  });

  it('to claim again replaces the nonce: an earlier one is worth nothing', () => {
    const { next } = changeOf(inState('pending'), events['claim by PIN']);
    expect(outcome(decide(next, events.confirm))).toBe('claim-expired');
    expect(outcome(decide(next, { ...events.confirm, nonceHash: 'new' }))).toBe('bound');
  });

  it.each([
    { what: 'a window', state: 'claimable', event: 'claim by button', follows: 'possession-not-shown' },
    { what: 'a claim', state: 'pending', event: 'confirm', follows: 'claim-expired' },
  ] as const)('counts $what until its very end, and not after', ({ state, event, follows }) => {
    const when = (moment: number) => outcome(decide(inState(state), { ...events[event], at: moment }));
    expect(when(later - 1)).toBe(table[state][event]);
    expect(when(later)).toBe(follows);
  });

  it("lets somebody else claim when the first person's claim has expired", () => {
    expect(outcome(decide(inState('pending'), { ...events["another's claim"], at: later }))).toBe('pending');
  });
});

describe('a binding in time', () => {
  it.each([
    { state: 'claimable', epoch: 0, becomes: 'registered' },
    { state: 'pending', epoch: 2, becomes: 'released' },
  ] as const)('in state $state of epoch $epoch becomes $becomes by itself', ({ state, epoch, becomes }) => {
    const lapsed = lapse({ ...inState(state), epoch }, later);
    expect(lapsed).toMatchObject({ state: becomes, windowUntil: null, pending: null });
  });

  it('goes back from a claim to its window when that is open longer', () => {
    const binding: Binding = { ...inState('pending'), windowUntil: later + 1000 };
    expect(lapse(binding, later)).toMatchObject({ state: 'claimable', pending: null });
  });

  it.each(['bound', 'locked', 'retired'] as const)('stays %s', state => {
    expect(lapse(inState(state), later + 1e9)).toMatchObject({ state, ...states[state] });
  });
});
