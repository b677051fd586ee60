// Machines with a fault each, which the model must find.
import type { Binding } from './binding.js';
import type { BindingEventKind } from './binding-event.js';
import { decide } from './decide.js';
import type { Guard } from './guards.js';
import * as guard from './guards.js';
import { type Machine, machine, type Step } from './machine.js';
import type { Decider } from './machine-world.fixture.js';

type AnyStep = Step<never>;

/** The machine with one cell changed. */
function withCell(
  kind: BindingEventKind,
  state: Binding['state'],
  change: (step: AnyStep) => Partial<AnyStep> | 'let-through',
): Decider {
  const row = machine[kind];
  const step = row[state] as AnyStep;
  const changed = { ...step, ...(change(step) as Partial<AnyStep>) };
  const faulty = { ...machine, [kind]: { ...row, [state]: changed } } as Machine;
  return (binding, event) => decide(binding, event, faulty);
}

const without = (left: Guard<never>) => (step: AnyStep) => ({
  guards: step.guards.filter(each => each !== left),
});

/** What is decided, with something of it undone afterwards. */
const spoilt =
  (spoil: (next: Binding, before: Binding) => Partial<Binding>): Decider =>
  (binding, event) => {
    const decision = decide(binding, event);
    if (!decision.ok || decision.change === null) return decision;
    const { next, ledger } = decision.change;
    return { ok: true, change: { ledger, next: { ...next, ...spoil(next, binding) } } };
  };

export const faults: Readonly<Record<string, Decider>> = {
  'a release keeps the owner': withCell('release', 'bound', () => ({ writes: () => ({}) })),
  'anybody may release': withCell('release', 'bound', without(guard.byOwner)),
  'anybody may unlock': withCell('unlock', 'locked', without(guard.byOwner)),
  'anybody may veto': withCell('veto', 'bound', without(guard.byOwner)),
  'a locked device can be reset': withCell('reset', 'locked', () => machine.reset.bound as AnyStep),
  'a claim wants no possession': withCell('claim', 'registered', without(guard.possessionShown)),
  'a claim passes over another': withCell('claim', 'pending', without(guard.nobodyElseClaims)),
  'any nonce confirms': withCell('confirm', 'pending', without(guard.ownClaim)),
  'any token takes over': withCell('accept', 'bound', without(guard.offered)),
  'a recovery does not wait': withCell('recover', 'bound', without(guard.recoveryDue)),
  'a recovery wants no possession': withCell('recover', 'bound', without(guard.possessionShown)),
  'a bound device is retired under its owner': withCell(
    'retire',
    'bound',
    () => machine.retire.released as AnyStep,
  ),
  'the handed nonce can be used again': spoilt((next, before) =>
    next.pending !== null && before.windowNonceHash !== null
      ? { windowUntil: before.windowUntil, windowNonceHash: before.windowNonceHash }
      : {},
  ),
  'an offer outlives its owner': spoilt((next, before) =>
    next.ownerId === before.ownerId ? {} : { offer: before.offer },
  ),
  'a recovery outlives a lock': spoilt((next, before) =>
    next.state === 'locked' ? { recovery: before.recovery } : {},
  ),
  'the epoch is not raised': spoilt((_, before) => ({ epoch: before.epoch })),
  'the old credential stays good': spoilt((_, before) => ({ credentialEpoch: before.credentialEpoch })),
};
