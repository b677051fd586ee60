// The gateway's signs of life, and when there were none.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same words on SQLite and PostgreSQL. */
export class Absences implements MigrationInterface {
  readonly name = 'Absences1763880000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE absences (since bigint PRIMARY KEY NOT NULL, until bigint NOT NULL)');
    await runner.query('CREATE TABLE signs_of_life (id integer PRIMARY KEY NOT NULL, "at" bigint NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['signs_of_life', 'absences']) await runner.query(`DROP TABLE ${table}`);
  }
}
