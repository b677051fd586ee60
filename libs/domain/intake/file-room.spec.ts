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
      mac: null,
      secretHash: null,
      certificateFingerprint: null,
      revokedAt: null,
      secretEpoch: 0,
      renewal: null,
      parentId: null,
      createdAt: 0,
    },
    product: { ...detector, name: { zh: name, en: name } },
    binding: registeredBinding(id),
    home: null,
    modes: [],
    recipients: [],
    members: [],
    roomId: null,
    contacts: [],
    state: blankState(id, 0),
    rules: [],
    openAlarms: [],
    recentStamps: [],
  };
}

/** A store whose every read waits for the spec to answer it. */
class AskedStore extends IntakeStore {
  readonly reads: ((files: DeviceFile[]) => void)[] = [];

  load(_ids: readonly string[]): Promise<DeviceFile[]> {
    return new Promise(resolve => this.reads.push(resolve));
  }

  /** Answers the oldest read that waits. */
  answer(name: string): void {
    this.reads.shift()?.([fileNamed(name)]);
  }

  commit = () => Promise.reject(new Error('nothing is committed here'));
  watched = () => Promise.resolve([]);
  inHome = () => Promise.resolve([]);
  figuresOf = () => Promise.resolve([]);
  childrenOf = () => Promise.resolve([]);
  past = () => Promise.resolve([]);
  deadLetters = () => Promise.resolve([]);
  brokerMemory = () => Promise.resolve({ sessions: [], retained: [] });
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

describe('a room that is full', () => {
  class SmallRoom extends FileRoom {
    protected override readonly mostFiles = 2;
  }
  class FullStore extends AskedStore {
    loaded: string[][] = [];

    override load(ids: readonly string[]): Promise<DeviceFile[]> {
      this.loaded.push([...ids]);
      return Promise.resolve(
        ids.map(other => ({ ...fileNamed(other), device: { ...fileNamed(other).device, id: other } })),
      );
    }
  }

  it('keeps what is being used, though it is more than there is room for and others open files meanwhile', async () => {
    const room = new SmallRoom(new FullStore());
    const batch = ['a', 'b', 'c', 'd'];
    await room.open(['a', 'b']);
    const used = room.use(batch, () => batch.map(each => room.get(each)?.device.id));
    await Promise.all([used, room.open(['x', 'y']), room.open(['z'])]);
    expect(await used).toEqual(batch);
  });

  it('puts away what was used longest ago', async () => {
    const store = new FullStore();
    const room = new SmallRoom(store);
    for (const each of ['a', 'b', 'a', 'c']) await room.open([each]);
    expect([room.get('a')?.device.id, room.get('b'), room.get('c')?.device.id]).toEqual([
      'a',
      undefined,
      'c',
    ]);
    expect(store.loaded).toEqual([['a'], ['b'], ['c']]);
  });
});
