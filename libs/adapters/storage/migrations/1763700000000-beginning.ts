// The first tables, made of the statements in beginning/.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { journal } from './beginning/journal.js';
import { registry } from './beginning/registry.js';
import { postgresWords, sqliteWords, type Words } from './beginning/words.js';

abstract class Tables implements MigrationInterface {
  readonly name = 'Beginning1763700000000';
  protected abstract readonly words: Words;

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...registry(this.words), ...journal(this.words)]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('There is nothing before the beginning: remove the database instead.');
  }
}

/** TypeORM makes migrations without arguments, hence one class a database. */
export const Beginning = {
  onSqlite: class extends Tables {
    protected readonly words = sqliteWords;
  },
  onPostgres: class extends Tables {
    protected readonly words = postgresWords;
  },
};
