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
    pictures = new Pictures(stage.intake, disk);
    device = await stage.boundDevice();
    waits = [];
  });

  const picture = (): DeviceMessage => ({
    deviceId: device.id,
    message: { kind: 'snapshot', body: { boot: 9, seq: 1, type: 'image/jpeg', image: new Uint8Array([7]) } },
    receivedAt: stage.clock.now(),
  });
  const receive = () => pictures.receive(picture(), fault => waits.push(fault));
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
});
