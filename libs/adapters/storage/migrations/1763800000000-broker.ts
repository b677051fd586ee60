// The tables of what the broker remembers beyond a connection and a restart.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { postgresWords, sqliteWords, type Words } from './beginning/words.js';

const tables = ({ bytes }: Words): string[] => [
  'ALTER TABLE retained_messages ADD COLUMN qos integer NOT NULL DEFAULT 1',

  `CREATE TABLE kept_sessions (
    client_id text PRIMARY KEY NOT NULL,
    seen_at bigint NOT NULL,
    sent_through bigint NOT NULL
  )`,

  `CREATE TABLE kept_subscriptions (
    client_id text NOT NULL,
    filter text NOT NULL,
    qos integer NOT NULL,
    PRIMARY KEY (client_id, filter)
  )`,

  `CREATE TABLE queued_messages (
    client_id text NOT NULL,
    packet_id integer NOT NULL,
    place bigint NOT NULL,
    topic text NOT NULL,
    payload ${bytes} NOT NULL,
    qos integer NOT NULL,
    retain integer NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (client_id, packet_id)
  )`,

  `CREATE TABLE received_once (
    client_id text NOT NULL,
    packet_id integer NOT NULL,
    PRIMARY KEY (client_id, packet_id)
  )`,
];

abstract class Tables implements MigrationInterface {
  readonly name = 'Broker1763800000000';
  protected abstract readonly words: Words;

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables(this.words)) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['received_once', 'queued_messages', 'kept_subscriptions', 'kept_sessions'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query('ALTER TABLE retained_messages DROP COLUMN qos');
  }
}

export const Broker = {
  onSqlite: class extends Tables {
    protected readonly words = sqliteWords;
  },
  onPostgres: class extends Tables {
    protected readonly words = postgresWords;
  },
};
