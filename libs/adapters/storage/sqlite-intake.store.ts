// The intake's commit on SQLite: one synchronous, durable transaction in one turn.
import type BetterSqlite3 from 'better-sqlite3';
import type { CommitResult, DeviceFile, InputRow, IntakeBatch } from '#domain/intake';
import { type DeviceFileRows, deviceFileQueries, deviceFilesOf } from './device-files.js';
import { messagesOf } from './input-run.js';
import { type IntakeShapes, intakeShapes, StaleDevices } from './intake-shapes.js';
import type { RawRow } from './record-shape.js';
import { SqliteBatchWriter } from './sqlite-batch-writer.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { newestOfDevice } from './sqlite-input-log.js';
import { TypeormIntakeStore } from './typeorm-intake.store.js';

/** Files loaded at one go; between two the event loop gets a turn. */
const filesAtOnce = 50;

export class SqliteIntakeStore extends TypeormIntakeStore {
  readonly #shapes: IntakeShapes;
  readonly #writer: SqliteBatchWriter;
  readonly #newest: BetterSqlite3.Statement<[object], RawRow>;
  readonly #readFiles: (ids: readonly string[]) => DeviceFileRows;

  constructor(protected override readonly database: SqliteDatabase) {
    super(database);
    this.#shapes = intakeShapes(database.writing, 'sqlite');
    this.#writer = new SqliteBatchWriter(database.writeHandle, this.#shapes);
    this.#newest = database.readHandle.prepare(newestOfDevice);
    this.#readFiles = fileReader(database.readHandle);
  }

  commit(batch: IntakeBatch): Promise<CommitResult> {
    return this.watching(async () => {
      try {
        const notices = await this.database.writeNow(() => this.#writer.write(batch));
        return { ok: true, notices };
      } catch (error) {
        this.#writer.rolledBack();
        if (error instanceof StaleDevices) return { ok: false, stale: error.deviceIds };
        throw error;
      }
    });
  }

  override past(deviceId: string, limit: number): Promise<InputRow[]> {
    return this.database.read(async () =>
      this.#newest
        .all({ device: deviceId, most: limit })
        .reverse()
        .flatMap(row => messagesOf(this.#shapes.inputs.toValue(row), Number(row.messages)))
        .slice(-limit),
    );
  }

  async load(deviceIds: readonly string[]): Promise<DeviceFile[]> {
    const files: DeviceFile[] = [];
    for (let from = 0; from < deviceIds.length; from += filesAtOnce) {
      if (from > 0) await new Promise(setImmediate);
      const ids = deviceIds.slice(from, from + filesAtOnce);
      const rows = await this.database.read(async () => this.#readFiles(ids));
      files.push(...deviceFilesOf(this.#shapes, rows));
    }
    return files;
  }
}

/** All queries of one call see the same moment: they run in one synchronous transaction of the reading connection. */
function fileReader(handle: BetterSqlite3.Database): (ids: readonly string[]) => DeviceFileRows {
  const queries = Object.entries(deviceFileQueries('sqlite')).map(
    ([name, sql]) => [name, handle.prepare(sql)] as const,
  );
  return handle.transaction((ids: readonly string[]) => {
    const parameters = { asked: JSON.stringify(ids) };
    return Object.fromEntries(
      queries.map(([name, query]) => [name, query.all(parameters)]),
    ) as unknown as DeviceFileRows;
  });
}
