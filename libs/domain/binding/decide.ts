// The states of a binding as one pure decision: what may follow an event, and the line it leaves in the ledger.
import type { ErrorCode, Proof } from '#codecs/api';
import type { Binding, BindingChange, LedgerRow, LedgerWhat } from './binding.js';

export type BindingEvent =
  /** An action at the device: possession counts until `until`. */
  | { readonly kind: 'window'; readonly at: number; readonly until: number }
  /** A person with a proof; `pin` was compared before. */
  | {
      readonly kind: 'claim';
      readonly at: number;
      readonly accountId: string;
      readonly proof: Proof['by'];
      readonly nonceHash: string;
      readonly expiresAt: number;
    }
  | {
      readonly kind: 'confirm';
      readonly at: number;
      readonly accountId: string;
      readonly nonceHash: string;
      readonly homeId: string;
      readonly name: string | null;
    }
  | { readonly kind: 'release'; readonly at: number; readonly accountId: string }
  /** Held long at the device: gives it up, whoever owns it. */
  | { readonly kind: 'reset'; readonly at: number }
  | { readonly kind: 'rename'; readonly at: number; readonly accountId: string; readonly name: string };

export type Decision =
  | { readonly ok: true; readonly change: BindingChange }
  /** Nothing changes, and that is the right answer: it was done before. */
  | { readonly ok: true; readonly change: null }
  | { readonly ok: false; readonly code: ErrorCode };

const unchanged: Decision = { ok: true, change: null };

export function decide(stored: Binding, event: BindingEvent): Decision {
  const binding = lapse(stored, event.at);
  switch (event.kind) {
    case 'window':
      return isFree(binding)
        ? change(
            binding,
            { windowUntil: event.until, state: binding.pending ? 'pending' : 'claimable' },
            event,
            'window-opened',
          )
        : refused('already-bound');
    case 'claim':
      return claim(binding, event);
    case 'confirm':
      return confirm(binding, event);
    case 'release':
      return binding.state === 'bound' && binding.ownerId === event.accountId
        ? change(binding, ownerless(binding), event, 'released')
        : refused('not-found');
    case 'reset':
      return reset(binding, event);
    case 'rename':
      return binding.state === 'bound' && binding.ownerId === event.accountId
        ? change(binding, { name: event.name }, event, 'renamed')
        : refused('not-found');
    default:
      return event satisfies never;
  }
}

/** The binding as it stands at `at`: windows and claims end by themselves. */
export function lapse(binding: Binding, at: number): Binding {
  const pending = binding.pending !== null && binding.pending.expiresAt > at ? binding.pending : null;
  const windowUntil = binding.windowUntil !== null && binding.windowUntil > at ? binding.windowUntil : null;
  if (!isFree(binding)) return { ...binding, pending: null, windowUntil: null };
  const state = pending
    ? 'pending'
    : windowUntil !== null
      ? 'claimable'
      : binding.epoch > 0
        ? 'released'
        : 'registered';
  return { ...binding, pending, windowUntil, state };
}

function isFree({ state }: Binding): boolean {
  return state !== 'bound' && state !== 'locked' && state !== 'retired';
}

function claim(binding: Binding, event: Extract<BindingEvent, { kind: 'claim' }>): Decision {
  if (binding.state === 'locked') return refused('device-locked');
  if (!isFree(binding)) return refused('already-bound');
  if (binding.pending !== null && binding.pending.accountId !== event.accountId) return refused('claim-lost');
  if (event.proof === 'button' && binding.windowUntil === null) return refused('possession-not-shown');
  const { accountId, nonceHash, expiresAt, proof } = event;
  return change(
    binding,
    { state: 'pending', pending: { accountId, nonceHash, expiresAt, proof } },
    event,
    'claimed',
  );
}

function confirm(binding: Binding, event: Extract<BindingEvent, { kind: 'confirm' }>): Decision {
  const { accountId, homeId, name } = event;
  if (binding.state === 'bound') return binding.ownerId === accountId ? unchanged : refused('already-bound');
  const { pending } = binding;
  if (pending === null || pending.accountId !== accountId || pending.nonceHash !== event.nonceHash) {
    return refused('claim-expired');
  }
  const owned = {
    state: 'bound',
    ownerId: accountId,
    homeId,
    name,
    pending: null,
    windowUntil: null,
  } as const;
  return change(binding, { ...owned, epoch: binding.epoch + 1 }, event, 'bound', pending.proof);
}

function reset(binding: Binding, event: Extract<BindingEvent, { kind: 'reset' }>): Decision {
  if (binding.state === 'locked' || binding.state === 'retired') return refused('device-locked');
  const next = binding.state === 'bound' ? ownerless(binding) : unclaimed(binding, event.at);
  return change(binding, next, event, 'reset-at-device');
}

/** Whoever was about to bind it begins again at the device. */
function unclaimed(binding: Binding, at: number): Binding {
  return lapse({ ...binding, pending: null, windowUntil: null }, at);
}

function ownerless({ epoch }: Binding): Partial<Binding> {
  return {
    state: 'released',
    epoch: epoch + 1,
    ownerId: null,
    homeId: null,
    name: null,
    pending: null,
    windowUntil: null,
  };
}

function change(
  binding: Binding,
  next: Partial<Binding>,
  event: BindingEvent,
  what: LedgerWhat,
  proof: string | null = proofOf(event),
): Decision {
  const changed = { ...binding, ...next, version: binding.version + 1 };
  const row: LedgerRow = {
    deviceId: binding.deviceId,
    epoch: changed.epoch,
    at: event.at,
    what,
    accountId: 'accountId' in event ? event.accountId : null,
    proof,
  };
  return { ok: true, change: { next: changed, ledger: [row] } };
}

function proofOf(event: BindingEvent): string | null {
  return 'proof' in event ? event.proof : null;
}

function refused(code: ErrorCode): Decision {
  return { ok: false, code };
}
