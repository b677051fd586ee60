// Devices on SQLite: a whole batch by prepared statements, so that a thousand labels hold the writing turn for a moment.
import { registeredBinding } from '#domain/binding';
import type { Batch, Device } from '#domain/devices';
import { BatchEntity, BindingEntity, DeviceEntity } from './entities/index.js';
import { RecordShape, type TableColumns } from './record-shape.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { insertInto } from './sqlite-statements.js';
import { TypeormDeviceStore } from './typeorm-device.store.js';

export class SqliteDeviceStore extends TypeormDeviceStore {
  readonly #shapes: ReturnType<typeof shapesOf>;

  constructor(protected override readonly database: SqliteDatabase) {
    super(database);
    this.#shapes = shapesOf(database);
  }

  /** Some five times as fast as the mapper; nothing else is written, and no alarm, before it ends. */
  override insertBatch(
    draft: Omit<Batch, 'id'>,
    devicesOf: (batchId: number) => readonly Device[],
  ): Promise<{ batch: Batch; devices: readonly Device[] }> {
    const { batches, devices: shape, bindings } = this.#shapes;
    const insert = (into: TableColumns) => this.database.writeHandle.prepare(insertInto(into));
    const [insertBatch, insertDevice, insertBinding] = [insert(batches), insert(shape), insert(bindings)];
    return this.database.writeNow(() => {
      const id = Number(insertBatch.run(batches.toRow(draft)).lastInsertRowid);
      const devices = devicesOf(id);
      for (const device of devices) {
        insertDevice.run(shape.toRow(device));
        insertBinding.run(bindings.toRow(registeredBinding(device.id)));
      }
      return { batch: { ...draft, id }, devices };
    });
  }
}

const shapesOf = ({ writing }: SqliteDatabase) => ({
  batches: new RecordShape(writing, BatchEntity, ['id']),
  devices: new RecordShape(writing, DeviceEntity),
  bindings: new RecordShape(writing, BindingEntity),
});
