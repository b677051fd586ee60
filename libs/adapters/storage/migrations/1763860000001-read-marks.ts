// How far each person has read what they were told.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same words on SQLite and PostgreSQL. */
export class ReadMarks implements MigrationInterface {
  readonly name = 'ReadMarks1763860000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE read_marks (
        account_id text PRIMARY KEY NOT NULL,
        up_to bigint NOT NULL,
        CONSTRAINT "read_marks_account_id_exists" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
      )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE read_marks');
  }
}
