// Bindings and events that the specs of the machine begin with: Lin owns, Bo comes, Op operates.
import type { BindingStateName } from '#codecs/api';
import { type Binding, registeredBinding } from './binding.js';
import type { BindingEvent } from './binding-event.js';

export const now = 1_763_700_000_000;
export const later = now + 120_000;
const at = now + 1000;

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

export const inState = (state: BindingStateName): Binding => ({
  ...registeredBinding('d1-1'),
  version: 7,
  ...states[state],
  state,
});

const byButton = { proof: 'button', shownHash: null } as const;
const byPin = { proof: 'pin', shownHash: null } as const;
const claiming = { kind: 'claim', at, nonceHash: 'new', expiresAt: later } as const;
const confirming = { kind: 'confirm', at, nonceHash: claim.nonceHash, homeId: 'home', name: 'Mine' } as const;

export const events = {
  button: { kind: 'window', at, until: at + 120_000, nonceHash: null },
  provisioned: { kind: 'window', at, until: at + 300_000, nonceHash: 'handed' },
  reset: { kind: 'reset', at },
  'claim by button': { ...claiming, accountId: 'lin', ...byButton },
  'claim by PIN': { ...claiming, accountId: 'lin', ...byPin },
  "another's claim": { ...claiming, accountId: 'bo', ...byPin },
  confirm: { ...confirming, accountId: 'lin' },
  "another's confirm": { ...confirming, accountId: 'bo' },
  'wrong nonce': { ...confirming, accountId: 'lin', nonceHash: 'guessed' },
  release: { kind: 'release', at, accountId: 'lin' },
  "another's release": { kind: 'release', at, accountId: 'bo' },
  rename: { kind: 'rename', at, accountId: 'lin', name: 'Bath' },
  "another's rename": { kind: 'rename', at, accountId: 'bo', name: 'Bath' },
  offer: { kind: 'offer', at, accountId: 'lin', tokenHash: 'token', expiresAt: later },
  "another's offer": { kind: 'offer', at, accountId: 'bo', tokenHash: 'token', expiresAt: later },
  withdraw: { kind: 'withdraw', at, accountId: 'lin' },
  accept: { kind: 'accept', at, accountId: 'bo', tokenHash: 'token', homeId: 'bos-home', name: null },
  lock: { kind: 'lock', at, accountId: 'lin' },
  "another's lock": { kind: 'lock', at, accountId: 'bo' },
  unlock: { kind: 'unlock', at, accountId: 'lin' },
  "another's unlock": { kind: 'unlock', at, accountId: 'bo' },
  found: { kind: 'found', at, accountId: 'bo', message: 'It lay in the street.' },
  'ask for a recovery': { kind: 'ask-recovery', at, accountId: 'bo', ...byPin, dueAt: later },
  'ask without possession': { kind: 'ask-recovery', at, accountId: 'bo', ...byButton, dueAt: later },
  veto: { kind: 'veto', at, accountId: 'lin' },
  "another's veto": { kind: 'veto', at, accountId: 'bo' },
  recover: { kind: 'recover', at, accountId: 'bo', ...byPin, homeId: 'bos-home', name: null },
  'force-release': { kind: 'force-release', at, accountId: 'op', reason: 'returned to the shop' },
  retire: { kind: 'retire', at, accountId: 'op', reason: 'burnt' },
} satisfies Record<string, BindingEvent>;

export type EventName = keyof typeof events;
