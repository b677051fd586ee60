// The tables of the history.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { postgresWords, sqliteWords, type Words } from './beginning/words.js';

const tables = ({ serial, logNumber }: Words, clustered: string): string[] => [
  `CREATE TABLE history_series (
    "id" ${serial},
    device_id text NOT NULL,
    epoch integer NOT NULL,
    reading text NOT NULL
  )`,
  'CREATE UNIQUE INDEX history_series_device ON history_series (device_id, epoch, reading)',

  `CREATE TABLE history_buckets (
    series integer NOT NULL,
    step_ms integer NOT NULL,
    start bigint NOT NULL,
    samples integer NOT NULL,
    total double precision NOT NULL,
    lowest double precision NOT NULL,
    highest double precision NOT NULL,
    PRIMARY KEY (series, step_ms, start)
  ) ${clustered}`,

  `CREATE TABLE history_events (
    id ${logNumber},
    device_id text NOT NULL,
    epoch integer NOT NULL,
    at bigint NOT NULL,
    name text NOT NULL,
    state integer
  )`,
  'CREATE INDEX history_events_device ON history_events (device_id, epoch, at)',
];

abstract class Tables implements MigrationInterface {
  readonly name = 'History1763820000000';
  protected abstract readonly statements: readonly string[];

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of this.statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['history_events', 'history_buckets', 'history_series'])
      await runner.query(`DROP TABLE ${table}`);
  }
}

export const History = {
  onSqlite: class extends Tables {
    protected readonly statements = tables(sqliteWords, 'WITHOUT ROWID');
  },
  onPostgres: class extends Tables {
    protected readonly statements = tables(postgresWords, '');
  },
};
