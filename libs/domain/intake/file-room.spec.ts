// The file room under races: what is read while it changes elsewhere is read again.
import { describe, expect, it } from '@jest/globals';
import { registeredBinding } from '#domain/binding';
import { blankState } from '#domain/devices';
import { FileRoom } from './file-room.js';
import { type DeviceFile, IntakeStore } from './intake.store.js';
import { detector } from './stage.contract.js';

const id = 'd1-1';

function fileNamed(name: string): DeviceFile {
  return {
    device: {
      id,
      productId: detector.id,
      batch: 1,
      number: 1,
      keyId: 1,
      generation: 0,
      serial: '0001-000001',
      secretHash: '',
      parentId: null,
      createdAt: 0,
    },
    product: { ...detector, name: { zh: name, en: name } },
    binding: registeredBinding(id),
    home: null,
    recipients: [],
    state: blankState(id, 0),
    rules: new Map(),
    openAlarms: [],
    recentStamps: [],
  };
}

/** A store whose every read waits for the spec to answer it. */
class AskedStore extends IntakeStore {
  readonly reads: ((files: DeviceFile[]) => void)[] = [];

  load(): Promise<DeviceFile[]> {
    return new Promise(resolve => this.reads.push(resolve));
  }

  /** Answers the oldest read that waits. */
  answer(name: string): void {
    this.reads.shift()?.([fileNamed(name)]);
  }

  commit = () => Promise.reject(new Error('nothing is committed here'));
  watched = () => Promise.resolve([]);
  inHome = () => Promise.resolve([]);
  deadLetters = () => Promise.resolve([]);
  isHealthy = () => Promise.resolve(true);
}

const turn = () => new Promise(setImmediate);

describe('a file that is forgotten while it is being read', () => {
  it.each([
    ['by its id', (room: FileRoom) => room.forget([id])],
    ['by what it holds', (room: FileRoom) => room.forgetWhere(({ product }) => product.id === detector.id)],
  ])('%s is read again, and the old answer is never kept', async (_, forget) => {
    const store = new AskedStore();
    const room = new FileRoom(store);
    const opened = room.openAll([id]);
    forget(room);
    store.answer('before');
    await turn();
    expect(room.get(id)).toBeUndefined();
    store.answer('after');
    expect((await opened).map(({ product }) => product.name.en)).toEqual(['after']);
  });

  it('leaves a read alone that concerns another', async () => {
    const store = new AskedStore();
    const room = new FileRoom(store);
    const opened = room.openAll([id]);
    room.forget(['d1-2']);
    store.answer('read once');
    expect((await opened).map(({ product }) => product.name.en)).toEqual(['read once']);
    expect(store.reads).toHaveLength(0);
  });
});
