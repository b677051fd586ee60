// Notices may be about more than alarms: what was the alarm's id is the subject's, and a column says what it is about.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same words on SQLite and PostgreSQL. */
export class Subjects implements MigrationInterface {
  readonly name = 'Subjects1763870000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['notices', 'deliveries'])
      await runner.query(`ALTER TABLE ${table} RENAME COLUMN alarm_id TO subject_id`);
    await runner.query("ALTER TABLE notices ADD COLUMN about text NOT NULL DEFAULT 'alarm'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notices DROP COLUMN about');
    for (const table of ['notices', 'deliveries'])
      await runner.query(`ALTER TABLE ${table} RENAME COLUMN subject_id TO alarm_id`);
  }
}
