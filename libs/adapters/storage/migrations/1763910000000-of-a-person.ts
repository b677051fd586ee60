// What a person did, gave and holds is found by the person.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const indices = [
  'sessions_account ON sessions (account_id)',
  'ledger_rows_account ON ledger_rows (account_id, id) WHERE account_id IS NOT NULL',
  'grants_giver ON grants (granted_by)',
  'invitations_giver ON invitations (invited_by)',
  'access_requests_account ON access_requests (account_id)',
];

/** The same words on SQLite and PostgreSQL. */
export class OfAPerson implements MigrationInterface {
  readonly name = 'OfAPerson1763910000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const index of indices) await runner.query(`CREATE INDEX ${index}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of indices) await runner.query(`DROP INDEX ${index.split(' ', 1)[0]}`);
  }
}
