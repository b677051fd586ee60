// The intake's commit on PostgreSQL: one transaction on a connection of its own.
import type { EntityManager, QueryRunner } from 'typeorm';
import type { CommitResult, DeviceFile, IntakeBatch } from '#domain/intake';
import { inChunks } from './chunks.js';
import { type DeviceFileRows, deviceFileQueries, deviceFilesOf } from './device-files.js';
import { type IntakeShapes, intakeShapes, StaleDevices } from './intake-shapes.js';
import { PostgresBatchWriter } from './postgres-batch-writer.js';
import type { PostgresDatabase } from './postgres-database.js';
import { rowsOf } from './postgres-table.js';
import { TypeormIntakeStore } from './typeorm-intake.store.js';

const queries = Object.entries(deviceFileQueries('postgres'));

export class PostgresIntakeStore extends TypeormIntakeStore {
  readonly #shapes: IntakeShapes;
  readonly #writer: PostgresBatchWriter;

  constructor(protected override readonly database: PostgresDatabase) {
    super(database);
    this.#shapes = intakeShapes(database.source, 'postgres');
    this.#writer = new PostgresBatchWriter(this.#shapes);
  }

  commit(batch: IntakeBatch): Promise<CommitResult> {
    return this.watching(async () => {
      try {
        const notices = await this.database.write(manager => this.#writer.write(runnerOf(manager), batch));
        return { ok: true, notices };
      } catch (error) {
        if (error instanceof StaleDevices) return { ok: false, stale: error.deviceIds };
        throw error;
      }
    });
  }

  async load(deviceIds: readonly string[]): Promise<DeviceFile[]> {
    const files: DeviceFile[] = [];
    for (const ids of inChunks(deviceIds)) {
      const rows = await this.database.snapshot(manager => readFiles(runnerOf(manager), ids));
      files.push(...deviceFilesOf(this.#shapes, rows));
    }
    return files;
  }
}

async function readFiles(runner: QueryRunner, ids: string[]): Promise<DeviceFileRows> {
  const rows = [];
  for (const [name, sql] of queries) rows.push([name, await rowsOf(runner, sql, [ids])]);
  return Object.fromEntries(rows);
}

/** Of a transaction: it holds the connection. */
function runnerOf({ queryRunner }: EntityManager): QueryRunner {
  if (!queryRunner) throw new Error('There is no transaction.');
  return queryRunner;
}
