// Batches on SQLite: slices by prepared statements, so that each holds the writing turn for a moment only.
import { registeredBinding } from '#domain/binding';
import type { Added, Device, IssuedSecret } from '#domain/devices';
import { BindingEntity, DeviceEntity } from './entities/index.js';
import { RecordShape, type TableColumns } from './record-shape.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { insertInto } from './sqlite-statements.js';
import { addedUnlessTaken, TypeormBatchStore } from './typeorm-batch.store.js';

/** Some five times as fast as the mapper. */
export class SqliteBatchStore extends TypeormBatchStore {
  readonly #devices: RecordShape<Device>;
  readonly #bindings: RecordShape<ReturnType<typeof registeredBinding>>;

  constructor(protected override readonly database: SqliteDatabase) {
    super(database);
    this.#devices = new RecordShape(database.writing, DeviceEntity);
    this.#bindings = new RecordShape(database.writing, BindingEntity);
  }

  override add(id: number, after: number, devices: readonly Device[]): Promise<Added> {
    const insert = (into: TableColumns) => this.#prepared(insertInto(into));
    const move = this.#prepared('UPDATE batches SET made = ? WHERE id = ? AND made = ?');
    const [insertDevice, insertBinding] = [insert(this.#devices), insert(this.#bindings)];
    return addedUnlessTaken(() =>
      this.database.writeNow(() => {
        if (move.run(after + devices.length, id, after).changes === 0) return 'overtaken';
        for (const device of devices) {
          insertDevice.run(this.#devices.toRow(device));
          insertBinding.run(this.#bindings.toRow(registeredBinding(device.id)));
        }
        return 'added';
      }),
    );
  }

  override putSecrets(batch: number, receipt: string, secrets: readonly IssuedSecret[]): Promise<boolean> {
    const current = this.#prepared('SELECT 1 FROM batches WHERE id = ? AND issued_receipt = ?');
    const put = this.#prepared('UPDATE devices SET secret_hash = ? WHERE batch = ? AND number = ?');
    return this.database.writeNow(() => {
      if (current.get(batch, receipt) === undefined) return false;
      for (const { number, secretHash } of secrets) put.run(secretHash, batch, number);
      return true;
    });
  }

  #prepared(statement: string) {
    return this.database.writeHandle.prepare(statement);
  }
}
