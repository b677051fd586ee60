// What was sent of a notice is found by the notice: without it every notice that goes is a look at every delivery.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same words on SQLite and PostgreSQL. */
export class DeliveriesOfANotice implements MigrationInterface {
  readonly name = 'DeliveriesOfANotice1763920000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX deliveries_notice ON deliveries (notice_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX deliveries_notice');
  }
}
