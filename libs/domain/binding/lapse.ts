// What of a binding ends by itself: windows, claims, offers, and recoveries that nobody completes.
import type { BindingStateName } from '#codecs/api';
import type { Binding } from './binding.js';

/** How long a recovery that has become due waits for the person who asked for it. */
export const recoveryOpenMs = 7 * 24 * 60 * 60_000;

/** The binding as it stands at `at`. */
export function lapse(binding: Binding, at: number): Binding {
  const isOpen = binding.windowUntil !== null && binding.windowUntil > at;
  const { pending, offer, recovery } = binding;
  const next: Binding = {
    ...binding,
    windowUntil: isOpen ? binding.windowUntil : null,
    windowNonceHash: isOpen ? binding.windowNonceHash : null,
    pending: pending !== null && pending.expiresAt > at ? pending : null,
    offer: offer !== null && offer.expiresAt > at ? offer : null,
    recovery: recovery !== null && recovery.dueAt + recoveryOpenMs > at ? recovery : null,
  };
  return isFree(next) ? { ...next, state: freeState(next) } : next;
}

/** Whether nobody owns it and anybody who holds it may come to. */
export function isFree({ state }: Pick<Binding, 'state'>): boolean {
  return state !== 'bound' && state !== 'locked' && state !== 'retired';
}

function freeState({ pending, windowUntil, epoch }: Binding): BindingStateName {
  if (pending !== null) return 'pending';
  if (windowUntil !== null) return 'claimable';
  return restState(epoch);
}

/** Of a device that nobody owns and nobody is about to. */
export function restState(epoch: number): BindingStateName {
  return epoch > 0 ? 'released' : 'registered';
}
