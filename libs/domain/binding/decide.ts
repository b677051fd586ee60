// Reads the machine: what follows an event, and the line it leaves in the ledger.
import type { ErrorCode } from '#codecs/api';
import { atDevice, byGateway } from '#domain/accounts';
import type { Binding, BindingChange } from './binding.js';
import type { BindingEvent } from './binding-event.js';
import type { Objection } from './guards.js';
import { lapse, restState } from './lapse.js';
import { erasureAsked, type LedgerRow, ledgerRow } from './ledger.js';
import { type Cell, type Machine, machine, type Step } from './machine.js';

export type Decision =
  | { readonly ok: true; readonly change: BindingChange }
  /** Nothing changes, and that is the right answer: it was done before. */
  | { readonly ok: true; readonly change: null }
  | { readonly ok: false; readonly code: ErrorCode };

/** @param table another machine, to see what it would let through */
export function decide(stored: Binding, event: BindingEvent, table: Machine = machine): Decision {
  const binding = lapse(stored, event.at);
  // The row of an event takes that event: the type of the machine says so, and no union can.
  const cell = table[event.kind][binding.state] as Cell<BindingEvent>;
  if (typeof cell === 'string') return unchanged(cell);
  if (typeof cell === 'function') return unchanged(cell(binding, event));
  for (const guard of cell.guards) {
    const objection = guard(binding, event);
    if (objection !== null) return unchanged(objection);
  }
  const next = follow(binding, event, cell);
  const ledger = [rowOf(binding, next, event, cell), ...parting(binding, event, cell)];
  return { ok: true, change: { next, ledger } };
}

function unchanged(objection: Objection): Decision {
  return objection === 'done' ? { ok: true, change: null } : { ok: false, code: objection };
}

/** The epoch follows the owner, here and nowhere else. */
function follow(binding: Binding, event: BindingEvent, { to, writes }: Step<BindingEvent>): Binding {
  const written = { ...binding, ...writes?.(event, binding), version: binding.version + 1 };
  const isNewOwner = written.ownerId !== binding.ownerId;
  const epoch = binding.epoch + Number(isNewOwner);
  const credentialEpoch = isNewOwner && binding.ownerId !== null ? epoch : binding.credentialEpoch;
  const state = to === 'same' ? binding.state : to === 'at-rest' ? restState(epoch) : to;
  return { ...written, state, epoch, credentialEpoch };
}

function rowOf(
  { deviceId, pending }: Binding,
  { epoch }: Binding,
  event: BindingEvent,
  { what }: Step<BindingEvent>,
): LedgerRow {
  return ledgerRow('from' in event ? event.from : atDevice, {
    ...{ deviceId, epoch, what, at: event.at },
    accountId: 'accountId' in event ? event.accountId : null,
    proof: 'proof' in event ? event.proof : what === 'bound' ? (pending?.proof ?? null) : null,
    until: untilOf(event),
    reason: 'reason' in event ? event.reason : null,
  });
}

/** An owner who gives it away asks for it in the act; one from whom it is taken by a link asked for it before. */
function parting(binding: Binding, event: BindingEvent, { erases }: Step<BindingEvent>): LedgerRow[] {
  const { ownerId: id } = binding;
  if (id === null || !erases?.(event, binding)) return [];
  const isTheirs = 'from' in event && event.accountId === id;
  return [erasureAsked(binding, { id, from: isTheirs ? event.from : byGateway }, event.at)];
}

function untilOf(event: BindingEvent): number | null {
  if ('until' in event) return event.until;
  if ('expiresAt' in event) return event.expiresAt;
  return 'dueAt' in event ? event.dueAt : null;
}
