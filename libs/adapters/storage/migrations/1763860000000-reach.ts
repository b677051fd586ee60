// Contacts without an account, and endpoints of every channel, confirmed and proven, in place of webhooks alone.
import { randomBytes } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const contacts = [
  `CREATE TABLE contacts (
    id text PRIMARY KEY NOT NULL,
    home_id text NOT NULL,
    name text NOT NULL,
    locale text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT "contacts_home_id_exists" FOREIGN KEY ("home_id") REFERENCES "homes" ("id") ON DELETE CASCADE
  )`,
  'CREATE INDEX contacts_home ON contacts (home_id)',
];

const endpoints = [
  `CREATE TABLE endpoints (
    id text PRIMARY KEY NOT NULL,
    account_id text,
    contact_id text,
    channel text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    secret text NOT NULL,
    link_key text NOT NULL,
    locale text NOT NULL,
    created_at bigint NOT NULL,
    confirmed_at bigint,
    proven_at bigint,
    life_safety_only_since bigint,
    CONSTRAINT "endpoints_account_id_exists" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE,
    CONSTRAINT "endpoints_contact_id_exists" FOREIGN KEY ("contact_id") REFERENCES "contacts" ("id") ON DELETE CASCADE
  )`,
  'CREATE INDEX endpoints_account ON endpoints (account_id)',
  'CREATE INDEX endpoints_contact ON endpoints (contact_id)',
];

const earlierEndpoints = [
  `CREATE TABLE endpoints (
    id text PRIMARY KEY NOT NULL,
    account_id text NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    secret text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT "endpoints_account_id_exists" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  'CREATE INDEX endpoints_account ON endpoints (account_id)',
];

/** The same words on SQLite, which cannot make a column nullable, and PostgreSQL. */
export class Reach implements MigrationInterface {
  readonly name = 'Reach1763860000000';

  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [...contacts, ...setAside, ...endpoints]);
    await runner.query(
      `INSERT INTO endpoints (id, account_id, channel, name, address, secret, link_key, locale, created_at, confirmed_at)
       SELECT e.id, e.account_id, e.channel, '', e.address, e.secret, '', a.locale, e.created_at, e.created_at
       FROM endpoints_before e JOIN accounts a ON a.id = e.account_id`,
    );
    await run(runner, ['DROP TABLE endpoints_before']);
    const made: { id: string }[] = await runner.query('SELECT id FROM endpoints');
    for (const { id } of made) {
      const linkKey = randomBytes(32).toString('base64url');
      // Both are made of letters that need no quoting.
      await runner.query(`UPDATE endpoints SET link_key = '${linkKey}' WHERE id = '${id}'`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, [...setAside, ...earlierEndpoints]);
    await run(runner, [
      `INSERT INTO endpoints (id, account_id, channel, address, secret, created_at)
       SELECT id, account_id, channel, address, secret, created_at
       FROM endpoints_before WHERE channel = 'webhook' AND account_id IS NOT NULL`,
      'DROP TABLE endpoints_before',
      'DROP TABLE contacts',
    ]);
  }
}

const setAside = [
  'CREATE TABLE endpoints_before AS SELECT * FROM endpoints',
  // With its indices and constraints, whose names are wanted again.
  'DROP TABLE endpoints',
];

async function run(runner: QueryRunner, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await runner.query(statement);
}
