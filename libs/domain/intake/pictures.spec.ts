// Pictures while the disk takes none: they wait and are stored when it does, and a stop does not wait for them.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { type Device, SnapshotStore } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import type { DeviceMessage } from './input.js';
import { Pictures } from './pictures.js';
import { Stage } from './stage.contract.js';

class SmallDisk extends SnapshotStore {
  readonly files: string[] = [];
  fault: Error | null = new DomainError('storage-unavailable');
  tries = 0;
  whenTried: () => void | Promise<void> = () => {};

  async put(deviceId: string, epoch: number, image: Uint8Array): Promise<void> {
    this.tries += 1;
    await this.whenTried();
    if (this.fault) throw this.fault;
    this.files.push(`${deviceId} ${epoch} ${image}`);
  }

  async read(): Promise<Uint8Array | null> {
    return null;
  }

  async drop(): Promise<void> {}
  async dropBefore(): Promise<void> {}
}

class FewPictures extends Pictures {
  protected override readonly mostHeldBytes = 10;
}

describe('a picture', () => {
  let stores: Stores;
  let stage: Stage;
  let disk: SmallDisk;
  let pictures: Pictures;
  let device: Device;
  let waits: unknown[];

  beforeAll(async () => {
    stores = await openTemporarySqlite();
  });
  afterAll(() => stores.close());

  beforeEach(async () => {
    stage = await Stage.open(stores);
    disk = new SmallDisk();
    pictures = new FewPictures(stage.intake, disk);
    device = await stage.boundDevice();
    waits = [];
  });

  const picture = (seq: number, image: readonly number[], deviceId = device.id): DeviceMessage => ({
    deviceId,
    message: { kind: 'snapshot', body: { boot: 9, seq, type: 'image/jpeg', image: new Uint8Array(image) } },
    receivedAt: stage.clock.now(),
  });
  const receive = (seq = 1, image: readonly number[] = [7], deviceId = device.id) =>
    pictures.receive(picture(seq, image, deviceId), fault => waits.push(fault));
  const rows = async () =>
    (await stores.intake.past(device.id, 100)).filter(({ kind }) => kind === 'snapshot');

  it('waits for room on the disk, is answered when it has it, and only then stands in the log', async () => {
    disk.whenTried = async () => {
      expect(await rows()).toEqual([]);
      if (disk.tries === 3) disk.fault = null;
    };
    expect(await receive()).toMatchObject({ kind: 'stored' });
    expect(disk.files).toEqual([`${device.id} 1 7`]);
    expect(await rows()).toHaveLength(1);
    expect(waits).toHaveLength(1);
  });

  it('that waited over a change of owner is the new epoch’s', async () => {
    disk.whenTried = async () => {
      if (disk.tries === 1) await stage.process.bindings.release(device.id, stage.owner);
      else disk.fault = null;
    };
    await receive();
    expect(disk.files).toEqual([`${device.id} 2 7`]);
  });

  it('is refused when the gateway stops while it waits', async () => {
    disk.whenTried = () => stage.intake.drain();
    await expect(receive()).rejects.toMatchObject({ code: 'storage-unavailable' });
    expect(disk.tries).toBe(1);
  });

  it('is refused at once for any other fault', async () => {
    disk.fault = new Error('That is no device id.');
    await expect(receive()).rejects.toThrow('no device id');
    expect(disk.tries).toBe(1);
  });

  it('that a newer one overtakes is only spoken of: the newest is what is kept', async () => {
    const first = receive(1, [1]);
    await until(() => waits.length === 1);
    const second = receive(2, [2]);
    expect(await first).toMatchObject({ kind: 'stored' });
    expect(disk.files).toEqual([]);
    disk.fault = null;
    expect(await second).toMatchObject({ kind: 'stored' });
    expect(disk.files).toEqual([`${device.id} 1 2`]);
    expect((await rows()).map(({ seq }) => seq).sort()).toEqual([1, 2]);
  });

  it('never comes out on top of a newer one, however slowly it is written', async () => {
    disk.fault = null;
    const slow = new Promise<void>(resolve => {
      disk.whenTried = () => {
        disk.whenTried = () => {};
        setTimeout(resolve, 50);
        return slow;
      };
    });
    await Promise.all([receive(1, [1]), receive(2, [2]), receive(3, [3])]);
    expect(disk.files.at(-1)).toBe(`${device.id} 1 3`);
  });

  it('finds no room to wait in when so many bytes wait already, and has it again later', async () => {
    const other = await stage.boundDevice();
    const held = receive(1, [1, 2, 3, 4, 5, 6, 7, 8]);
    await until(() => waits.length === 1);
    expect(await receive(1, [1, 2, 3], other.id)).toBeNull();
    disk.fault = null;
    expect(await held).toMatchObject({ kind: 'stored' });
    disk.fault = new DomainError('storage-unavailable');
    const later = receive(2, [1, 2, 3], other.id);
    await until(() => waits.length === 2);
    disk.fault = null;
    expect(await later).toMatchObject({ kind: 'stored' });
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}
