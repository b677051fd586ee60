// Erasures: what was asked for, how far it has come, and the certificate.
import type { Erasure } from '#domain/erasure';
import { count, json, jsonOrNull, tableOf, text, timeMs, timeMsOrNull } from './columns.js';

export const ErasureEntity = tableOf<Erasure>({
  name: 'erasure',
  tableName: 'erasures',
  columns: {
    deviceId: { ...text, primary: true },
    epoch: { ...count, primary: true },
    // No foreign key: a certificate outlives the account that asked for it.
    accountId: text,
    askedAt: timeMs,
    erased: json,
    erasedAt: timeMsOrNull,
    certificate: jsonOrNull,
  },
  indices: [
    { name: 'erasures_account', columns: ['accountId'] },
    { name: 'erasures_unfinished', columns: ['askedAt'], where: 'erased_at IS NULL' },
  ],
});
