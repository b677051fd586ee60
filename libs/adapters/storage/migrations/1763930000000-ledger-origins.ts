// From where what the ledger tells was done, and whom it happened to.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same words on SQLite and PostgreSQL. What nobody with an account did is known of old lines, too. */
const up = [
  'ALTER TABLE ledger_rows ADD COLUMN via text',
  'ALTER TABLE ledger_rows ADD COLUMN address text',
  'ALTER TABLE ledger_rows ADD COLUMN concerns_id text',
  `UPDATE ledger_rows SET via =
     CASE WHEN what IN ('registered', 'credential-contested', 'share-ended') THEN 'gateway' ELSE 'device' END
   WHERE account_id IS NULL`,
  'CREATE INDEX ledger_rows_concerns ON ledger_rows (concerns_id, id) WHERE concerns_id IS NOT NULL',
];

const down = [
  'DROP INDEX ledger_rows_concerns',
  ...['via', 'address', 'concerns_id'].map(column => `ALTER TABLE ledger_rows DROP COLUMN ${column}`),
];

export class LedgerOrigins implements MigrationInterface {
  readonly name = 'LedgerOrigins1763930000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
