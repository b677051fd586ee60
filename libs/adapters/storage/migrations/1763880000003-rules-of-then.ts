// Every definition that a product had, and every change of a device's figures: the rules of then can be found again.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same words on SQLite and PostgreSQL, in their order. What stands now holds since ever. */
const words = [
  `CREATE TABLE product_changes (
    product_id text NOT NULL,
    at bigint NOT NULL,
    "by" text,
    definition text NOT NULL,
    PRIMARY KEY (product_id, at)
  )`,
  'INSERT INTO product_changes SELECT id, 0, NULL, definition FROM products',
  'CREATE TABLE former_figures AS SELECT device_id, changed_at, figures, changed_by FROM device_figures',
  'DROP TABLE device_figures',
  `CREATE TABLE device_figures (
    device_id text NOT NULL,
    changed_at bigint NOT NULL,
    figures text NOT NULL,
    changed_by text NOT NULL,
    PRIMARY KEY (device_id, changed_at)
  )`,
  'INSERT INTO device_figures (device_id, changed_at, figures, changed_by) SELECT * FROM former_figures',
  'DROP TABLE former_figures',
];

export class RulesOfThen implements MigrationInterface {
  readonly name = 'RulesOfThen1763880000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const each of words) await runner.query(each);
  }

  async down(): Promise<void> {
    throw new Error('What the rules were is not forgotten again.');
  }
}
