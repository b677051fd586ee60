// Erasures of what devices recorded, and their certificates.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  `CREATE TABLE erasures (
    device_id text NOT NULL,
    epoch integer NOT NULL,
    account_id text NOT NULL,
    asked_at bigint NOT NULL,
    erased text NOT NULL,
    erased_at bigint,
    certificate text,
    CONSTRAINT "erasures_pkey" PRIMARY KEY ("device_id", "epoch")
  )`,
  'CREATE INDEX erasures_account ON erasures (account_id)',
  'CREATE INDEX erasures_unfinished ON erasures (asked_at) WHERE erased_at IS NULL',
];

/** The same words on SQLite and PostgreSQL. */
export class ErasuresOfPeriods implements MigrationInterface {
  readonly name = 'ErasuresOfPeriods1763920000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE erasures');
  }
}
