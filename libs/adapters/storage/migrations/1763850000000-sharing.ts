// Who else may do what: grants, invitations, and requests to be let in.
// The quotes are TypeORM's need: it reads constraints back from SQLite by them.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  `CREATE TABLE grants (
    id text PRIMARY KEY NOT NULL,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    epoch integer NOT NULL,
    account_id text NOT NULL,
    granted_by text NOT NULL,
    parent_id text,
    capabilities text NOT NULL,
    since bigint NOT NULL,
    until bigint,
    CONSTRAINT "grants_account_id_exists" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE,
    CONSTRAINT "grants_parent_id_exists" FOREIGN KEY ("parent_id") REFERENCES "grants" ("id") ON DELETE CASCADE
  )`,
  'CREATE INDEX grants_subject ON grants (subject_id)',
  'CREATE INDEX grants_account ON grants (account_id)',
  'CREATE INDEX grants_parent ON grants (parent_id)',
  'CREATE INDEX grants_until ON grants (until) WHERE until IS NOT NULL',

  `CREATE TABLE invitations (
    id text PRIMARY KEY NOT NULL,
    token_hash text NOT NULL,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    epoch integer NOT NULL,
    invited_by text NOT NULL,
    parent_id text,
    capabilities text NOT NULL,
    until bigint,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    CONSTRAINT "invitations_invited_by_exists" FOREIGN KEY ("invited_by") REFERENCES "accounts" ("id") ON DELETE CASCADE,
    CONSTRAINT "invitations_parent_id_exists" FOREIGN KEY ("parent_id") REFERENCES "grants" ("id") ON DELETE CASCADE
  )`,
  'CREATE UNIQUE INDEX invitations_token ON invitations (token_hash)',
  'CREATE INDEX invitations_subject ON invitations (subject_id)',
  'CREATE INDEX invitations_parent ON invitations (parent_id)',

  `CREATE TABLE access_requests (
    id text PRIMARY KEY NOT NULL,
    device_id text NOT NULL,
    epoch integer NOT NULL,
    account_id text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "access_requests_account_id_exists" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  'CREATE UNIQUE INDEX access_requests_once ON access_requests (device_id, epoch, account_id)',
];

/** The same words on SQLite and PostgreSQL. */
export class Sharing implements MigrationInterface {
  readonly name = 'Sharing1763850000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['access_requests', 'invitations', 'grants'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
