// Applications, and what a device may show instead of its secret.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same words on SQLite and PostgreSQL. */
export class Identity implements MigrationInterface {
  readonly name = 'Identity1763810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE devices ADD COLUMN certificate_fingerprint text');
    await runner.query('ALTER TABLE devices ADD COLUMN revoked_at bigint');
    await runner.query(
      `CREATE TABLE applications (
        id text PRIMARY KEY NOT NULL,
        secret_hash text NOT NULL,
        rules text NOT NULL,
        created_at bigint NOT NULL
      )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE applications');
    await runner.query('ALTER TABLE devices DROP COLUMN revoked_at');
    await runner.query('ALTER TABLE devices DROP COLUMN certificate_fingerprint');
  }
}
