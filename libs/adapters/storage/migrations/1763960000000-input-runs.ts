// On SQLite: a row of the input log may hold several messages of one device that came together.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InputRuns implements MigrationInterface {
  readonly name = 'InputRuns1763960000000';

  /** What was logged before is one message a row. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE inputs ADD COLUMN messages integer NOT NULL DEFAULT 1');
  }

  /** @throws while a row holds several: they would need numbers of their own, in the middle of the log. */
  async down(runner: QueryRunner): Promise<void> {
    const several: unknown[] = await runner.query('SELECT 1 FROM inputs WHERE messages > 1 LIMIT 1');
    if (several.length > 0) throw new Error('the input log holds rows of several messages');
    await runner.query('ALTER TABLE inputs DROP COLUMN messages');
  }
}
