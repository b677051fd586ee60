// Who came to look after the gateway, and who went.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { postgresWords, sqliteWords, type Words } from './beginning/words.js';

/** No foreign key: it explains who was here, too. */
const up = ({ serial }: Words): string[] => [
  `CREATE TABLE operator_acts (
    "id" ${serial},
    at bigint NOT NULL,
    what text NOT NULL,
    account_id text,
    concerns_id text,
    via text NOT NULL,
    address text
  )`,
  'CREATE INDEX operator_acts_account ON operator_acts (account_id, id) WHERE account_id IS NOT NULL',
  'CREATE INDEX operator_acts_concerns ON operator_acts (concerns_id, id) WHERE concerns_id IS NOT NULL',
];

abstract class Acts implements MigrationInterface {
  readonly name = 'OperatorActs1763940000000';
  protected abstract readonly statements: readonly string[];

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of this.statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE operator_acts');
  }
}

export const OperatorActs = {
  onSqlite: class extends Acts {
    protected readonly statements = up(sqliteWords);
  },
  onPostgres: class extends Acts {
    protected readonly statements = up(postgresWords);
  },
};
