// Rooms in homes, and which device hangs in which.
// The quotes are TypeORM's need: it reads constraints back from SQLite by them.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  `CREATE TABLE rooms (
    id text PRIMARY KEY NOT NULL,
    home_id text NOT NULL,
    name text NOT NULL,
    place integer NOT NULL,
    CONSTRAINT "rooms_home_id_exists" FOREIGN KEY ("home_id") REFERENCES "homes" ("id") ON DELETE CASCADE
  )`,
  'CREATE INDEX rooms_home ON rooms (home_id)',

  `CREATE TABLE placements (
    device_id text PRIMARY KEY NOT NULL,
    room_id text NOT NULL,
    CONSTRAINT "placements_device_id_exists" FOREIGN KEY ("device_id") REFERENCES "devices" ("id"),
    CONSTRAINT "placements_room_id_exists" FOREIGN KEY ("room_id") REFERENCES "rooms" ("id") ON DELETE CASCADE
  )`,
  'CREATE INDEX placements_room ON placements (room_id)',
];

/** The same words on SQLite and PostgreSQL. */
export class Rooms implements MigrationInterface {
  readonly name = 'Rooms1763850000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['placements', 'rooms']) await runner.query(`DROP TABLE ${table}`);
  }
}
