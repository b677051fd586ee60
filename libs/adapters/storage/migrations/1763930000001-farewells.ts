// Accounts that are on their way out or gone, and the certificates of it.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same words on SQLite and PostgreSQL. No foreign key: a certificate outlives its account. */
const up = [
  `CREATE TABLE farewells (
    account_id text PRIMARY KEY NOT NULL,
    token_hash text NOT NULL,
    via text NOT NULL,
    asked_at bigint NOT NULL,
    removed text NOT NULL,
    removed_at bigint,
    certificate text
  )`,
  'CREATE UNIQUE INDEX farewells_token ON farewells (token_hash)',
  'CREATE INDEX farewells_unfinished ON farewells (asked_at) WHERE certificate IS NULL',
  // The only ones in which the name of somebody else stands.
  "CREATE INDEX notices_acknowledged ON notices (id) WHERE step = 'acknowledged'",
];

const down = ['DROP INDEX notices_acknowledged', 'DROP TABLE farewells'];

export class Farewells implements MigrationInterface {
  readonly name = 'Farewells1763930000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
