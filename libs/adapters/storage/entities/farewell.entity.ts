// Accounts that are on their way out or gone, and the certificates of it.
import type { Farewell } from '#domain/farewell';
import { json, jsonOrNull, tableOf, text, timeMs, timeMsOrNull } from './columns.js';

export const FarewellEntity = tableOf<Farewell>({
  name: 'farewell',
  tableName: 'farewells',
  columns: {
    // No foreign key: a certificate outlives its account.
    accountId: { ...text, primary: true },
    tokenHash: text,
    via: text,
    askedAt: timeMs,
    removed: json,
    removedAt: timeMsOrNull,
    certificate: jsonOrNull,
  },
  indices: [
    { name: 'farewells_token', columns: ['tokenHash'], unique: true },
    { name: 'farewells_unfinished', columns: ['askedAt'], where: 'certificate IS NULL' },
  ],
});
