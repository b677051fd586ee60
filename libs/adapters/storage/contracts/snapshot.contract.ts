// What every SnapshotStore promises.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import type { Stores } from '../index.js';

export function snapshotStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`SnapshotStore on ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    it('gives the newest picture of a device and epoch', async () => {
      const id = newId();
      await stores.snapshots.put(id, 1, picture(1));
      await stores.snapshots.put(id, 1, picture(2));
      await stores.snapshots.put(id, 2, picture(3));
      expect(await stores.snapshots.read(id, 1)).toEqual(picture(2));
      expect(await stores.snapshots.read(id, 2)).toEqual(picture(3));
    });

    it('answers null for a picture that it does not have', async () => {
      const id = newId();
      expect(await stores.snapshots.read(id, 1)).toBeNull();
      await stores.snapshots.put(id, 1, picture(1));
      expect(await stores.snapshots.read(id, 2)).toBeNull();
    });

    it("drops an earlier owner's pictures and keeps the present one's and the neighbour's", async () => {
      const [id, neighbour] = [newId(), newId()];
      for (const epoch of [1, 2, 10]) await stores.snapshots.put(id, epoch, picture(epoch));
      await stores.snapshots.put(neighbour, 1, picture(9));
      await stores.snapshots.dropBefore(id, 10);
      await stores.snapshots.dropBefore(newId(), 10);
      expect(await stores.snapshots.read(id, 1)).toBeNull();
      expect(await stores.snapshots.read(id, 2)).toBeNull();
      expect(await stores.snapshots.read(id, 10)).toEqual(picture(10));
      expect(await stores.snapshots.read(neighbour, 1)).toEqual(picture(9));
    });

    it('leaves one whole picture when many are put at the same time', async () => {
      const id = newId();
      await Promise.all(
        Array.from({ length: 20 }, (_, at) => stores.snapshots.put(id, 1, picture(at, 50_000))),
      );
      const left = await stores.snapshots.read(id, 1);
      expect(left).toHaveLength(50_000);
      expect(new Set(left).size).toBe(1);
    });

    it.each(['../elsewhere', '..', '.unfinished', 'a/b', 'A', ''])(
      'refuses %j, which is no device id',
      async id => {
        await expect(stores.snapshots.put(id, 1, picture(1))).rejects.toThrow('no device id');
        await expect(stores.snapshots.read(id, 1)).rejects.toThrow('no device id');
      },
    );

    it('refuses an epoch that is none', async () => {
      await expect(stores.snapshots.put(newId(), 1.5, picture(1))).rejects.toThrow('no epoch');
    });
  });
}

const picture = (fill: number, bytes = 64): Uint8Array => new Uint8Array(bytes).fill(fill);
