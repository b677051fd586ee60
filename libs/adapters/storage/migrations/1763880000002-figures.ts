// The figures of devices' rules that differ from their products'.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same words on SQLite and PostgreSQL. */
export class Figures implements MigrationInterface {
  readonly name = 'Figures1763880000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE device_figures (
        device_id text PRIMARY KEY NOT NULL,
        figures text NOT NULL,
        changed_at bigint NOT NULL,
        changed_by text NOT NULL
      )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE device_figures');
  }
}
