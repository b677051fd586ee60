// Batches that are made and exported slice by slice; serial numbers and MAC addresses that name one device each.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same words on SQLite and PostgreSQL. */
export class Batches implements MigrationInterface {
  readonly name = 'Batches1763830000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}

const batchColumns = {
  name: 'text',
  parent_id: 'text',
  units_hash: 'text',
  made: 'integer NOT NULL DEFAULT 0',
  exported: 'integer NOT NULL DEFAULT 0',
  exported_receipt: 'text',
  issued: 'integer NOT NULL DEFAULT 0',
  issued_receipt: 'text',
  confirmed_at: 'bigint',
};

/** SQLite cannot take NOT NULL from a column: another takes its place. */
const replacedSecret = (nullness: string, known: string) => [
  `ALTER TABLE devices ADD COLUMN fresh_hash text ${nullness}`,
  `UPDATE devices SET fresh_hash = ${known}`,
  'ALTER TABLE devices DROP COLUMN secret_hash',
  'ALTER TABLE devices RENAME COLUMN fresh_hash TO secret_hash',
];

const up = [
  ...Object.entries(batchColumns).map(([name, type]) => `ALTER TABLE batches ADD COLUMN ${name} ${type}`),
  // Batches of before were made, and left, in one answer.
  'UPDATE batches SET made = count, exported = count, issued = count, confirmed_at = created_at',
  'CREATE UNIQUE INDEX batches_name ON batches (name)',
  'ALTER TABLE devices ADD COLUMN mac text',
  ...replacedSecret('', 'secret_hash'),
  'CREATE UNIQUE INDEX devices_serial ON devices (serial)',
  'CREATE UNIQUE INDEX devices_mac ON devices (mac)',
];

const down = [
  'DROP INDEX devices_mac',
  'DROP INDEX devices_serial',
  ...replacedSecret("NOT NULL DEFAULT ''", "coalesce(secret_hash, '')"),
  'ALTER TABLE devices DROP COLUMN mac',
  'DROP INDEX batches_name',
  ...Object.keys(batchColumns).map(name => `ALTER TABLE batches DROP COLUMN ${name}`),
];
