// Devices on SQLite: what each login asks has statements that were prepared once, for a fleet may log in all at once.
import type BetterSqlite3 from 'better-sqlite3';
import type { Device } from '#domain/devices';
import { DeviceEntity } from './entities/index.js';
import { type RawRow, RecordShape } from './record-shape.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { TypeormDeviceStore } from './typeorm-device.store.js';

export class SqliteDeviceStore extends TypeormDeviceStore {
  readonly #shape: RecordShape<Device>;
  readonly #byId: BetterSqlite3.Statement<[string], RawRow>;
  readonly #childrenOf: BetterSqlite3.Statement<[string], RawRow>;

  constructor(protected override readonly database: SqliteDatabase) {
    super(database);
    const { readHandle, writing } = database;
    this.#shape = new RecordShape(writing, DeviceEntity);
    this.#byId = readHandle.prepare('SELECT * FROM devices WHERE id = ?');
    this.#childrenOf = readHandle.prepare('SELECT * FROM devices WHERE parent_id = ? ORDER BY id');
  }

  override byId(id: string): Promise<Device | null> {
    return this.database.read(async () => {
      const row = this.#byId.get(id);
      return row === undefined ? null : this.#shape.toValue(row);
    });
  }

  override childrenOf(parentId: string): Promise<Device[]> {
    return this.database.read(async () =>
      this.#childrenOf.all(parentId).map(row => this.#shape.toValue(row)),
    );
  }
}
