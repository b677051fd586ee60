// Bindings and events that the specs of the machine begin with: Lin owns, Bo comes, Op operates.
import type { BindingStateName } from '#codecs/api';
import type { Origin } from '#domain/accounts';
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

const from: Origin = { via: 'page', address: '192.0.2.1' };
const [lin, bo, op] = [
  { accountId: 'lin', from },
  { accountId: 'bo', from },
  { accountId: 'op', from },
] as const;
const byButton = { proof: 'button', shownHash: null } as const;
const byPin = { proof: 'pin', shownHash: null } as const;
const claiming = { kind: 'claim', at, nonceHash: 'new', expiresAt: later } as const;
const confirming = { kind: 'confirm', at, nonceHash: claim.nonceHash, homeId: 'home', name: 'Mine' } as const;

/** What was recorded in their time stays. */
const keeping = { erases: false } as const;

export const events = {
  button: { kind: 'window', at, until: at + 120_000, nonceHash: null },
  provisioned: { kind: 'window', at, until: at + 300_000, nonceHash: 'handed' },
  reset: { kind: 'reset', at },
  'claim by button': { ...claiming, ...lin, ...byButton },
  'claim by PIN': { ...claiming, ...lin, ...byPin },
  "another's claim": { ...claiming, ...bo, ...byPin },
  confirm: { ...confirming, ...lin },
  "another's confirm": { ...confirming, ...bo },
  'wrong nonce': { ...confirming, ...lin, nonceHash: 'guessed' },
  release: { kind: 'release', at, ...lin, ...keeping },
  "another's release": { kind: 'release', at, ...bo, ...keeping },
  rename: { kind: 'rename', at, ...lin, name: 'Bath' },
  "another's rename": { kind: 'rename', at, ...bo, name: 'Bath' },
  move: { kind: 'move', at, ...lin, homeId: 'cottage', roomId: null },
  'move to where it is': { kind: 'move', at, ...lin, homeId: owned.homeId, roomId: null },
  "another's move": { kind: 'move', at, ...bo, homeId: 'bos-home', roomId: null },
  offer: { kind: 'offer', at, ...lin, ...keeping, tokenHash: 'token', expiresAt: later },
  "another's offer": { kind: 'offer', at, ...bo, ...keeping, tokenHash: 'token', expiresAt: later },
  withdraw: { kind: 'withdraw', at, ...lin },
  accept: { kind: 'accept', at, ...bo, tokenHash: 'token', homeId: 'bos-home', name: null },
  lock: { kind: 'lock', at, ...lin },
  "another's lock": { kind: 'lock', at, ...bo },
  unlock: { kind: 'unlock', at, ...lin },
  "another's unlock": { kind: 'unlock', at, ...bo },
  found: { kind: 'found', at, ...bo, message: 'It lay in the street.' },
  'ask for a recovery': { kind: 'ask-recovery', at, ...bo, ...byPin, dueAt: later },
  'ask without possession': { kind: 'ask-recovery', at, ...bo, ...byButton, dueAt: later },
  veto: { kind: 'veto', at, ...lin },
  "another's veto": { kind: 'veto', at, ...bo },
  recover: { kind: 'recover', at, ...bo, ...byPin, homeId: 'bos-home', name: null },
  'force-release': { kind: 'force-release', at, ...op, reason: 'returned to the shop' },
  retire: { kind: 'retire', at, ...op, reason: 'burnt' },
} satisfies Record<string, BindingEvent>;

export type EventName = keyof typeof events;
