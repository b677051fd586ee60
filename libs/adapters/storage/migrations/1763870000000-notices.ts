// Notices about more than alarms, how far an alarm has been escalated, who is told when, and every attempt to tell them.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { postgresWords, sqliteWords, type Words } from './beginning/words.js';

const up = ({ logNumber }: Words): string[] => [
  // What was the alarm's is the subject's, and a column says what it is about.
  'ALTER TABLE notices RENAME COLUMN alarm_id TO subject_id',
  'ALTER TABLE deliveries RENAME COLUMN alarm_id TO subject_id',
  "ALTER TABLE notices ADD COLUMN about text NOT NULL DEFAULT 'alarm'",

  'ALTER TABLE alarms ADD COLUMN stage integer NOT NULL DEFAULT 0',
  'ALTER TABLE alarms ADD COLUMN escalate_at bigint',
  'ALTER TABLE alarms ADD COLUMN is_drill integer NOT NULL DEFAULT 0',

  'ALTER TABLE deliveries ADD COLUMN contact_id text',
  "ALTER TABLE deliveries ADD COLUMN class text NOT NULL DEFAULT 'I'",
  'ALTER TABLE deliveries ADD COLUMN rank integer NOT NULL DEFAULT 0',
  'ALTER TABLE deliveries ADD COLUMN stage integer NOT NULL DEFAULT 0',
  'ALTER TABLE deliveries ADD COLUMN bundle text',
  "CREATE INDEX deliveries_urgent ON deliveries (due_at) WHERE state = 'due' AND class = 'L'",
  "CREATE INDEX deliveries_held ON deliveries (subject_id) WHERE state = 'held'",
  "CREATE INDEX deliveries_bundled ON deliveries (bundle) WHERE state = 'due' AND bundle IS NOT NULL",

  `CREATE TABLE attempts (
    id ${logNumber},
    delivery_id text NOT NULL,
    at bigint NOT NULL,
    took_ms integer NOT NULL,
    outcome text NOT NULL,
    detail text NOT NULL
  )`,
  'CREATE INDEX attempts_delivery ON attempts (delivery_id)',

  'ALTER TABLE notices ADD COLUMN seen_at bigint',
  `CREATE TABLE notice_preferences (
    account_id text PRIMARY KEY NOT NULL,
    preferences text NOT NULL,
    CONSTRAINT "notice_preferences_account_id_exists" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
];

const down: readonly string[] = [
  'DROP TABLE notice_preferences',
  'ALTER TABLE notices DROP COLUMN seen_at',
  'DROP TABLE attempts',
  ...['urgent', 'held', 'bundled'].map(index => `DROP INDEX deliveries_${index}`),
  ...['contact_id', 'class', 'rank', 'stage', 'bundle'].map(
    column => `ALTER TABLE deliveries DROP COLUMN ${column}`,
  ),
  ...['stage', 'escalate_at', 'is_drill'].map(column => `ALTER TABLE alarms DROP COLUMN ${column}`),
  'ALTER TABLE notices DROP COLUMN about',
  'ALTER TABLE deliveries RENAME COLUMN subject_id TO alarm_id',
  'ALTER TABLE notices RENAME COLUMN subject_id TO alarm_id',
];

abstract class Columns implements MigrationInterface {
  readonly name = 'Notices1763870000000';
  protected abstract readonly statements: readonly string[];

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of this.statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}

export const Notices = {
  onSqlite: class extends Columns {
    protected readonly statements = up(sqliteWords);
  },
  onPostgres: class extends Columns {
    protected readonly statements = up(postgresWords);
  },
};
