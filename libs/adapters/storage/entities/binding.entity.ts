// Bindings and the ledger of their changes.
import type { Binding, LedgerRow } from '#domain/binding';
import { count, jsonOrNull, serial, tableOf, text, textOrNull, timeMs, timeMsOrNull } from './columns.js';

export const BindingEntity = tableOf<Binding>({
  name: 'binding',
  tableName: 'bindings',
  columns: {
    deviceId: { ...text, primary: true, foreignKey: { target: 'device' } },
    state: text,
    epoch: count,
    version: count,
    ownerId: textOrNull,
    homeId: textOrNull,
    name: textOrNull,
    windowUntil: timeMsOrNull,
    windowNonceHash: textOrNull,
    pending: jsonOrNull,
    offer: jsonOrNull,
    recovery: jsonOrNull,
    credentialEpoch: { ...count, default: 0 },
  },
  indices: [
    { name: 'bindings_owner', columns: ['ownerId'] },
    { name: 'bindings_home', columns: ['homeId'] },
    { name: 'bindings_recovery', columns: ['deviceId'], where: 'recovery IS NOT NULL' },
  ],
});

/** `id` keeps the order of rows of the same millisecond. */
export interface NumberedLedgerRow extends LedgerRow {
  readonly id: number;
}

export const LedgerRowEntity = tableOf<NumberedLedgerRow>({
  name: 'ledger-row',
  tableName: 'ledger_rows',
  columns: {
    id: serial,
    deviceId: text,
    epoch: count,
    at: timeMs,
    what: text,
    accountId: textOrNull,
    via: textOrNull,
    address: textOrNull,
    concernsId: textOrNull,
    proof: textOrNull,
    until: timeMsOrNull,
    reason: textOrNull,
  },
  indices: [
    { name: 'ledger_rows_device', columns: ['deviceId', 'id'] },
    { name: 'ledger_rows_account', columns: ['accountId', 'id'], where: 'account_id IS NOT NULL' },
    { name: 'ledger_rows_concerns', columns: ['concernsId', 'id'], where: 'concerns_id IS NOT NULL' },
  ],
});
