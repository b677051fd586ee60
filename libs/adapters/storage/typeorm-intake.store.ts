// What every intake store shares: the reads that are not hot, and the knowledge whether writing works.
import { IsNull, Not } from 'typeorm';
import {
  type BrokerMemory,
  type DeadLetter,
  type DeviceFigures,
  type InputRow,
  IntakeStore,
} from '#domain/intake';
import { brokerMemoryOf } from './broker-memory.js';
import type { Database } from './database.js';
import { BindingEntity, DeviceEntity, entitiesOf, FiguresEntity, ProbeEntity } from './entities/index.js';
import { StorageFailure } from './storage-failure.js';

/** About what a busy batch takes. */
const ballastBytes = 64 * 1024;

export abstract class TypeormIntakeStore extends IntakeStore {
  #lastWriteFailed = false;

  protected constructor(protected readonly database: Database) {
    super();
  }

  async watched(): Promise<string[]> {
    const rows: { device_id: string }[] = await this.database.read(manager =>
      manager.query(
        `SELECT device_id FROM alarms WHERE cleared_at IS NULL
       UNION SELECT m.device_id FROM rule_memories m
         JOIN bindings b ON b.device_id = m.device_id AND b.epoch = m.epoch WHERE m.due_at IS NOT NULL`,
      ),
    );
    return rows.map(row => row.device_id);
  }

  async past(deviceId: string, limit: number): Promise<InputRow[]> {
    const { inputs } = entitiesOf(this.database.dialect);
    const rows = await this.database.read(manager =>
      manager.find(inputs, {
        where: { deviceId, boot: Not(IsNull()) },
        order: { id: 'DESC' },
        take: limit,
      }),
    );
    return rows.reverse().map(({ id, ...row }) => row);
  }

  async inHome(homeId: string): Promise<string[]> {
    const bindings = await this.database.read(manager =>
      manager.findBy(BindingEntity, { homeId, state: 'bound' }),
    );
    return bindings.map(binding => binding.deviceId);
  }

  figuresOf(deviceId: string): Promise<DeviceFigures[]> {
    return this.database.read(manager =>
      manager.find(FiguresEntity, { where: { deviceId }, order: { changedAt: 'ASC' } }),
    );
  }

  async childrenOf(parentId: string): Promise<string[]> {
    const rows = await this.database.read(manager =>
      manager.find(DeviceEntity, { select: { id: true }, where: { parentId } }),
    );
    return rows.map(({ id }) => id);
  }

  async deadLetters(limit: number): Promise<DeadLetter[]> {
    const { deadLetters } = entitiesOf(this.database.dialect);
    const rows = await this.database.read(manager =>
      manager.find(deadLetters, { order: { id: 'DESC' }, take: limit }),
    );
    return rows.map(({ id, ...letter }) => letter);
  }

  brokerMemory(): Promise<BrokerMemory> {
    return this.database.read(manager => brokerMemoryOf(manager, this.database.dialect));
  }

  /** Reading is enough while writing works; after a write failed, only a write shows that it works again. */
  async isHealthy(): Promise<boolean> {
    try {
      if (this.#lastWriteFailed) await this.watching(() => this.#probe());
      else await this.database.read(manager => manager.query('SELECT 1'));
      return true;
    } catch {
      return false;
    }
  }

  /** Runs a write and remembers whether the store let it through. */
  protected async watching<T>(write: () => Promise<T>): Promise<T> {
    try {
      const result = await write();
      this.#lastWriteFailed = false;
      return result;
    } catch (error) {
      if (error instanceof StorageFailure) this.#lastWriteFailed = true;
      throw error;
    }
  }

  #probe(): Promise<unknown> {
    const probe = { id: 1, at: Date.now(), ballast: 'x'.repeat(ballastBytes) };
    return this.database.write(manager => manager.upsert(ProbeEntity, probe, ['id']));
  }
}
