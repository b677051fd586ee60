// The plans of homes' modes, and every change of a mode.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  `CREATE TABLE mode_plans (
    home_id text PRIMARY KEY NOT NULL,
    switches text NOT NULL,
    set_at bigint NOT NULL,
    set_by text,
    CONSTRAINT "mode_plans_home_id_exists" FOREIGN KEY ("home_id") REFERENCES "homes" ("id")
  )`,
  `CREATE TABLE mode_changes (
    home_id text NOT NULL,
    since bigint NOT NULL,
    mode text NOT NULL,
    former text NOT NULL,
    "by" text,
    PRIMARY KEY (home_id, since)
  )`,
];

/** The same words on SQLite and PostgreSQL. */
export class Modes implements MigrationInterface {
  readonly name = 'Modes1763880000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['mode_changes', 'mode_plans']) await runner.query(`DROP TABLE ${table}`);
  }
}
