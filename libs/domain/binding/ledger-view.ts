// A row of the ledger as its reader may see it: who acted, without the name of anybody else.
import type { LedgerEntryView } from '#codecs/api';
import type { Account } from '#domain/accounts';
import type { Binding } from './binding.js';
import type { LedgerRow, LedgerWhat } from './ledger.js';

/** What nobody but an operator does. */
const operators: ReadonlySet<LedgerWhat> = new Set(['force-released', 'retired']);

/** What nobody does: it comes to pass. */
const ofGateway: ReadonlySet<LedgerWhat> = new Set(['registered', 'credential-contested', 'share-ended']);

export function ledgerView(row: LedgerRow, binding: Binding, reader: Account): LedgerEntryView {
  const { at, what, proof, epoch, until, reason } = row;
  return { at, what, proof, epoch, until, reason, by: actor(row, binding, reader) };
}

function actor({ accountId, what }: LedgerRow, { ownerId }: Binding, reader: Account): LedgerEntryView['by'] {
  if (accountId === reader.id) return 'you';
  if (operators.has(what)) return 'operator';
  if (accountId !== null) return accountId === ownerId ? 'owner' : 'somebody';
  return ofGateway.has(what) ? 'gateway' : 'device';
}
