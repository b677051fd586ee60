// What every Database promises: transactions apart from one another, and reads of committed rows alone.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import type { Product } from '#codecs/api';
import type { Database } from '../database.js';
import { ProductEntity } from '../entities/index.js';
import { gasSensor } from './samples.contract.js';

export interface OpenDatabase {
  readonly database: Database;
  /** The statements that would make the tables what the entities say. */
  missing(): Promise<readonly string[]>;
  /** Closes it and leaves nothing behind. */
  close(): Promise<void>;
}

export function databaseContract(name: string, open: () => Promise<OpenDatabase>): void {
  describe(`Database on ${name}`, () => {
    let opened: OpenDatabase;
    let database: Database;
    beforeEach(async () => {
      opened = await open();
      database = opened.database;
    });
    afterEach(() => opened.close());

    it('has exactly the tables of the entities once its migrations ran', async () => {
      expect(await opened.missing()).toEqual([]);
    });

    it('keeps a write made while a transaction is open that is then rolled back', async () => {
      const gate = gateway();
      const failing = database.write(async manager => {
        await insert(manager, 'lost');
        await gate.reached;
        throw new Error('changed its mind');
      });
      const kept = database.write(manager => insert(manager, 'kept'));
      gate.open();
      await expect(failing).rejects.toThrow('changed its mind');
      await kept;
      expect(await stored()).toEqual(['kept']);
    });

    it('reads committed rows alone, while a transaction is open and after it', async () => {
      const gate = gateway();
      let isInserted: () => void = () => undefined;
      const inserted = new Promise<void>(resolve => {
        isInserted = resolve;
      });
      const writing = database.write(async manager => {
        await insert(manager, 'new');
        isInserted();
        await gate.reached;
      });
      await inserted;
      expect(await stored()).toEqual([]);
      gate.open();
      await writing;
      expect(await stored()).toEqual(['new']);
    });

    it('writes all of a transaction or nothing, and goes on after one that failed', async () => {
      const twice = database.write(async manager => {
        await insert(manager, 'first');
        await insert(manager, 'first');
      });
      await expect(twice).rejects.toThrow();
      expect(await stored()).toEqual([]);
      await database.write(manager => insert(manager, 'second'));
      expect(await stored()).toEqual(['second']);
    });

    it('ends a write that was asked for before it was closed, and takes none after', async () => {
      const before = database.write(manager => insert(manager, 'before'));
      await Promise.all([before, before.then(() => database.close())]);
      await expect(database.write(manager => insert(manager, 'after'))).rejects.toThrow(
        expect.objectContaining({ code: 'storage-unavailable' }),
      );
      await expect(stored()).rejects.toThrow(expect.objectContaining({ code: 'storage-unavailable' }));
    });

    const insert = (manager: EntityManager, id: string) =>
      manager.insert<{ id: string; definition: Product }>(ProductEntity, { id, definition: gasSensor(id) });

    const stored = async (): Promise<string[]> => {
      const rows = await database.read(manager => manager.find(ProductEntity));
      return rows.map(row => row.id);
    };
  });
}

function gateway() {
  let open: () => void = () => undefined;
  const reached = new Promise<void>(resolve => {
    open = resolve;
  });
  return { reached, open };
}
