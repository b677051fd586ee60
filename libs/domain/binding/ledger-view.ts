// A row of the ledger as its reader may see it: who acted, without the name of anybody else.
import type { LedgerEntryView } from '#codecs/api';
import type { Account } from '#domain/accounts';
import type { Binding, LedgerRow } from './binding.js';

export function ledgerView(row: LedgerRow, binding: Binding, reader: Account): LedgerEntryView {
  const { at, what, proof, epoch } = row;
  return { at, what, proof, epoch, by: actor(row, binding, reader) };
}

function actor({ accountId, what }: LedgerRow, { ownerId }: Binding, reader: Account): LedgerEntryView['by'] {
  if (accountId === reader.id) return 'you';
  if (accountId !== null) return accountId === ownerId ? 'owner' : 'somebody';
  return what === 'registered' || what === 'credential-contested' ? 'gateway' : 'device';
}
