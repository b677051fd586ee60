// On SQLite: the input log loses its two indices over devices, and gets ranges of stamps instead.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  'DROP INDEX inputs_stamp',
  'DROP INDEX inputs_newest',
  'ALTER TABLE inputs ADD COLUMN previous bigint',
  `UPDATE inputs SET previous = before.id FROM (
     SELECT id AS of, lag(id) OVER (PARTITION BY device_id ORDER BY id) AS id FROM inputs WHERE boot IS NOT NULL
   ) before WHERE before.of = inputs.id`,
  `CREATE TABLE stamp_ranges (
    device_id text NOT NULL,
    boot bigint NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    newest_id bigint NOT NULL,
    PRIMARY KEY (device_id, boot, first)
  ) WITHOUT ROWID`,
  // Numbers that follow one another are as far from their places in the row as one another.
  `INSERT INTO stamp_ranges SELECT device_id, boot, min(seq), max(seq), max(id) FROM (
     SELECT id, device_id, boot, seq,
       seq - row_number() OVER (PARTITION BY device_id, boot ORDER BY seq) AS island
     FROM inputs WHERE boot IS NOT NULL
   ) GROUP BY device_id, boot, island`,
];

const down = [
  'DROP TABLE stamp_ranges',
  'ALTER TABLE inputs DROP COLUMN previous',
  'CREATE UNIQUE INDEX inputs_stamp ON inputs (device_id, boot, seq) WHERE boot IS NOT NULL',
  'CREATE INDEX inputs_newest ON inputs (device_id, id) WHERE boot IS NOT NULL',
];

export class StampRanges implements MigrationInterface {
  readonly name = 'StampRanges1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
