// A row of the ledger as its reader may see it: who acted and from where, whom it happened to, and no more of others.
import type { LedgerEntryView } from '#codecs/api';
import type { Account } from '#domain/accounts';
import type { Binding } from './binding.js';
import type { LedgerRow, LedgerWhat } from './ledger.js';

export interface LedgerReading {
  readonly binding: Binding;
  /** Who reads: the owner, or an operator. */
  readonly by: Account;
  /** By account; who is not among them is no longer here. */
  readonly names: ReadonlyMap<string, string>;
}

/** What nobody but an operator does. */
const operators: ReadonlySet<LedgerWhat> = new Set(['force-released', 'retired']);

/** What nobody does: it comes to pass. */
const ofGateway: ReadonlySet<LedgerWhat> = new Set([
  'registered',
  'credential-contested',
  'share-ended',
  'erased',
]);

export function ledgerView(row: LedgerRow, reading: LedgerReading): LedgerEntryView {
  const { at, what, proof, epoch, until, reason } = row;
  const by = actor(row, reading);
  return { at, what, proof, epoch, until, reason, by, from: origin(row, reading), whom: whom(row, reading) };
}

function actor(
  { accountId, what, via }: LedgerRow,
  { binding, by, names }: LedgerReading,
): LedgerEntryView['by'] {
  if (accountId === by.id) return 'you';
  if (operators.has(what)) return 'operator';
  if (accountId === null) return via === 'gateway' || ofGateway.has(what) ? 'gateway' : 'device';
  if (!names.has(accountId)) return 'gone';
  return accountId === binding.ownerId ? 'owner' : 'somebody';
}

/** Where somebody else lives or works is not the owner's to know; an operator has to find out who attacks. */
function origin({ via, address, accountId }: LedgerRow, { by }: LedgerReading): LedgerEntryView['from'] {
  if (via === null) return null;
  const maySee = accountId === by.id || by.role === 'operator';
  return { via, address: maySee ? address : null };
}

/** An owner knows by name whom they let in, and not whom an owner before them did. */
function whom(
  { concernsId, epoch }: LedgerRow,
  { binding, by, names }: LedgerReading,
): LedgerEntryView['whom'] {
  if (concernsId === null) return null;
  if (concernsId === by.id) return { is: 'you', name: null };
  const name = names.get(concernsId);
  if (name === undefined) return { is: 'gone', name: null };
  const isTheirs = binding.ownerId === by.id && binding.epoch === epoch;
  return { is: 'somebody', name: isTheirs ? name : null };
}
