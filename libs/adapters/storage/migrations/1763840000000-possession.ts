// What is under way to change an owner, and what becomes of a device's secret when one did.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns: readonly (readonly [table: string, column: string, type: string])[] = [
  ['bindings', 'window_nonce_hash', 'text'],
  ['bindings', 'offer', 'text'],
  ['bindings', 'recovery', 'text'],
  ['bindings', 'credential_epoch', 'integer NOT NULL DEFAULT 0'],
  ['ledger_rows', 'until', 'bigint'],
  ['ledger_rows', 'reason', 'text'],
  ['devices', 'secret_epoch', 'integer NOT NULL DEFAULT 0'],
  ['devices', 'renewal', 'text'],
];

/** The same words on SQLite and PostgreSQL. */
export class Possession implements MigrationInterface {
  readonly name = 'Possession1763840000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column, type] of columns)
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
    await runner.query('CREATE INDEX bindings_recovery ON bindings (device_id) WHERE recovery IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX bindings_recovery');
    for (const [table, column] of [...columns].reverse())
      await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  }
}
