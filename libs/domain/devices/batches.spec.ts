// Batches on a real store: made in slices, continued where they stopped, and exported so that no device has two secrets.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stores } from '#adapters/storage';
import type { Product, Unit } from '#codecs/api';
import { createKeyRing } from '#codecs/ticket';
import { ManualClock } from '#domain/clock';
import { gasSensor } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import type { Batch } from './batch.js';
import { CredentialExports, type ExportedSlice } from './credential-exports.js';
import { Credentials } from './credentials.js';
import { Manufacture, sliceDevices } from './manufacture.js';
import { Prints } from './prints.js';
import { Tickets } from './tickets.js';

const now = 1_763_700_000_000;
const ring = createKeyRing(Buffer.alloc(32, 1), new Date(now));
const keys = { current: () => ring };

let stores: Stores;
let product: Product;
let exports: CredentialExports;
let manufacture: Manufacture;
let tickets: Tickets;
let names = 0;

beforeAll(async () => {
  stores = await openTemporarySqlite();
  const clock = new ManualClock(now);
  tickets = new Tickets(keys, { href: 'https://gw.example', isChosen: true }, stores.devices);
  exports = new CredentialExports(stores.products, stores.batches, tickets, keys, clock);
  manufacture = new Manufacture(stores.products, stores.devices, stores.batches, exports, keys, clock);
});

afterAll(() => stores.close());

beforeEach(async () => {
  product = gasSensor();
  await stores.products.put(product);
});

function planOf(count: number, unitsHash: string | null = null) {
  names += 1;
  return { name: `batch-of-${names}`, productId: product.id, count, parentId: null, unitsHash };
}

const opened = (count: number) => manufacture.open(planOf(count));

async function madeOf(count: number): Promise<Batch> {
  return manufacture.fill(await opened(count), 0, count);
}

const fresh = ({ id }: Batch): Promise<Batch> => manufacture.batch(String(id));

describe('a batch', () => {
  it('that is asked for again is the same one, as far as it has got', async () => {
    const plan = planOf(250);
    const batch = await manufacture.open(plan);
    await manufacture.fill(batch, 0, 120);
    const again = await manufacture.open(plan);
    expect(again).toEqual({ ...batch, made: 120 });
    expect((await manufacture.fill(again, 120, 1000)).made).toBe(250);
    expect(await stores.devices.count(product.id)).toBe(250);
  });

  it.each([
    ['count', { count: 9 }],
    ['list', { unitsHash: 'a'.repeat(64) }],
  ])('of another %s does not take its name', async (_, change) => {
    const plan = planOf(10);
    await manufacture.open(plan);
    await expect(manufacture.open({ ...plan, ...change })).rejects.toMatchObject({ code: 'batch-differs' });
  });

  it('is made once, however many make it at the same time', async () => {
    const batch = await opened(350);
    await Promise.all([1, 2, 3].map(() => manufacture.fill(batch, 0, 350)));
    const done = await manufacture.fill(await fresh(batch), 0, 350);
    expect(done.made).toBe(350);
    const devices = await stores.batches.devices(batch.id, 0, 1000);
    expect(devices.map(({ number }) => number)).toEqual(Array.from({ length: 350 }, (_, i) => i + 1));
  });

  it('leaves a turn for everybody else between two slices', async () => {
    const batch = await opened(5 * sliceDevices);
    let turns = 0;
    let isDone = false;
    const others = (async () => {
      while (!isDone) {
        await new Promise(setImmediate);
        turns += 1;
      }
    })();
    await manufacture.fill(batch, 0, 5 * sliceDevices);
    isDone = true;
    await others;
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  it('takes serial numbers and MAC addresses from its list, and makes up serial numbers that are missing', async () => {
    const batch = await manufacture.open(planOf(3, 'b'.repeat(64)));
    const units: Unit[] = [{ serial: 'GA-1', mac: '02:00:00:00:00:01' }, { serial: 'GA-2' }, {}];
    await manufacture.fill(batch, 0, units.slice(0, 2));
    await manufacture.fill(await fresh(batch), 2, units.slice(2));
    const devices = await stores.batches.devices(batch.id, 0, 9);
    const madeUp = `${String(batch.id).padStart(4, '0')}-000003`;
    expect(devices.map(({ serial, mac }) => [serial, mac])).toEqual([
      ['GA-1', '02:00:00:00:00:01'],
      ['GA-2', null],
      [madeUp, null],
    ]);
    await expect(manufacture.fill(await fresh(batch), 3, 1)).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });

  it('names what in its list belongs to another device, and makes nothing of that slice', async () => {
    const other = await manufacture.open(planOf(1, 'c'.repeat(64)));
    await manufacture.fill(other, 0, [{ serial: 'GA-9', mac: '02:00:00:00:00:09' }]);
    const units: Unit[] = [
      { serial: 'GA-10' },
      { serial: 'GA-9' },
      { mac: '02:00:00:00:00:09', serial: 'GA-11' },
    ];
    expect(await manufacture.taken(units)).toEqual([
      { index: 1, field: 'serial' },
      { index: 2, field: 'mac' },
    ]);
    const batch = await manufacture.open(planOf(3, 'd'.repeat(64)));
    await expect(manufacture.fill(batch, 0, units)).rejects.toMatchObject({
      code: 'units-taken',
      details: { faults: [{ field: 'units.1.serial' }, { field: 'units.2.mac' }] },
    });
    expect((await fresh(batch)).made).toBe(0);
  });
});

describe('the credentials of a batch', () => {
  const credentials = () => new Credentials(stores.devices, new ManualClock(now));

  async function works({ devices }: Pick<ExportedSlice, 'devices'>): Promise<boolean[]> {
    return Promise.all(
      devices.map(async ({ id, secret }) => (await credentials().check(id, secret)) !== null),
    );
  }

  it('do not exist before they are exported', async () => {
    const batch = await madeOf(1);
    const [device] = await stores.batches.devices(batch.id, 0, 1);
    expect(device?.secretHash).toBeNull();
    for (const guess of ['', 'null', 'undefined'])
      expect(await credentials().check(device?.id ?? '', guess)).toBeNull();
  });

  it('leave slice by slice, each acknowledged by the next', async () => {
    const batch = await madeOf(250);
    const first = await exports.next(batch, { after: 0, receipt: null, count: 150 });
    expect((await fresh(batch)).exported).toBe(0);
    const second = await exports.next(await fresh(batch), { ...first, after: 150, count: 150 });
    expect((await fresh(batch)).exported).toBe(150);
    const last = await exports.next(await fresh(batch), { ...second, after: 250, count: 150 });
    expect([last.devices, last.receipt, last.batch.exported]).toEqual([[], null, 250]);
    const ids = [...first.devices, ...second.devices].map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 250 }, (_, i) => `d${batch.id}-${i + 1}`));
    expect(await works(first)).not.toContain(false);
    expect(await works(second)).not.toContain(false);
  });

  it('of a slice that did not arrive are issued anew, and the lost ones are void', async () => {
    const batch = await madeOf(10);
    const held = await exports.next(batch, { after: 0, receipt: null, count: 5 });
    const step = { after: 5, receipt: held.receipt, count: 5 };
    const lost = await exports.next(await fresh(batch), step);
    const arrived = await exports.next(await fresh(batch), step);
    expect(await works(lost)).not.toContain(true);
    expect(await works(arrived)).not.toContain(false);
    expect(await works(held)).not.toContain(false);
    await expect(
      exports.next(await fresh(batch), { after: 10, receipt: lost.receipt, count: 5 }),
    ).rejects.toMatchObject({ code: 'export-elsewhere' });
  });

  it('are refused to whoever shows no receipt of this export', async () => {
    const batch = await madeOf(10);
    const { receipt } = await exports.next(batch, { after: 0, receipt: null, count: 5 });
    await exports.next(await fresh(batch), { after: 5, receipt, count: 5 });
    for (const step of [
      { after: 0, receipt: null },
      { after: 5, receipt: null },
      { after: 5, receipt: 'another' },
      { after: 3, receipt },
    ]) {
      const asking = exports.next(await fresh(batch), { ...step, count: 5 });
      await expect(asking).rejects.toMatchObject({ code: 'export-elsewhere' });
    }
  });

  it('all begin again when the maker says so, and end for ever when he has confirmed them', async () => {
    const batch = await madeOf(3);
    const void_ = await exports.next(batch, { after: 0, receipt: null, count: 3 });
    await expect(exports.confirm(batch)).rejects.toMatchObject({ code: 'export-unfinished' });
    const begun = await exports.again(await fresh(batch));
    const whole = await exports.next(begun, { after: 0, receipt: null, count: 3 });
    expect([await works(void_), await works(whole)]).toEqual([
      [false, false, false],
      [true, true, true],
    ]);
    await expect(exports.confirm(batch)).rejects.toMatchObject({ code: 'export-unfinished' });
    await exports.next(await fresh(batch), { after: 3, receipt: whole.receipt, count: 3 });
    const confirmed = await exports.confirm(batch);
    expect(confirmed).toMatchObject({ confirmedAt: now, exportedReceipt: null, issuedReceipt: null });
    expect(await exports.confirm(batch)).toEqual(confirmed);
    const refused = { code: 'batch-confirmed' };
    await expect(
      exports.next(confirmed, { after: 3, receipt: whole.receipt, count: 3 }),
    ).rejects.toMatchObject(refused);
    await expect(exports.next(confirmed, { after: 0, receipt: null, count: 3 })).rejects.toMatchObject(
      refused,
    );
    await expect(exports.again(confirmed)).rejects.toMatchObject(refused);
    expect(await works(whole)).toEqual([true, true, true]);
  });

  it('wait until the batch is made to its end', async () => {
    const batch = await manufacture.fill(await opened(200), 0, 100);
    await expect(exports.next(batch, { after: 0, receipt: null, count: 9 })).rejects.toMatchObject({
      code: 'export-unfinished',
    });
  });

  /** Somebody who exports: what his files hold, and the receipt beside them. */
  class Exporter {
    held: ExportedSlice['devices'] = [];
    receipt: string | null = null;

    constructor(private readonly batchId: string) {}

    /** @returns null when he is refused. */
    async ask(count: number): Promise<ExportedSlice | null> {
      const step = { after: this.held.length, receipt: this.receipt, count };
      return manufacture.batch(this.batchId).then(batch =>
        exports.next(batch, step).catch(error => {
          expect(error).toMatchObject({ code: 'export-elsewhere' });
          return null;
        }),
      );
    }

    take({ devices, receipt }: ExportedSlice): void {
      this.held = [...this.held, ...devices];
      this.receipt = receipt ?? this.receipt;
    }

    async beginAgain(): Promise<void> {
      await exports.again(await manufacture.batch(this.batchId));
      [this.held, this.receipt] = [[], null];
    }

    copy({ held, receipt }: Exporter): void {
      [this.held, this.receipt] = [held, receipt];
    }
  }

  const happenings = fc.array(
    fc.record({
      who: fc.integer({ min: 0, max: 1 }),
      what: fc.constantFrom('arrives', 'arrives', 'arrives', 'is lost', 'begins again', 'takes over'),
    }),
    { maxLength: 30 },
  );

  it('work, every one, in files that were exported to their end, whatever two exporters do on the way', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, fc.integer({ min: 1, max: 7 }), async (steps, count) => {
        const batch = await madeOf(12);
        const pair = [new Exporter(String(batch.id)), new Exporter(String(batch.id))] as const;
        const arrive = async (exporter: Exporter): Promise<boolean> => {
          const slice = await exporter.ask(count);
          if (slice === null) return false;
          exporter.take(slice);
          if (slice.receipt !== null) return false;
          expect(exporter.held.map(({ id }) => id)).toEqual(
            Array.from({ length: 12 }, (_, i) => `d${batch.id}-${i + 1}`),
          );
          expect(await works({ devices: exporter.held })).not.toContain(false);
          return true;
        };
        for (const { who, what } of steps) {
          const [exporter, other] = who === 0 ? pair : [pair[1], pair[0]];
          if (what === 'is lost') await exporter.ask(count);
          else if (what === 'begins again') await exporter.beginAgain();
          else if (what === 'takes over') exporter.copy(other);
          else await arrive(exporter);
        }
        const [first, second] = pair;
        for (let i = 0; i < 13; i += 1) await arrive(second);
        await first.beginAgain();
        for (let i = 0; i < 13; i += 1) await arrive(first);
        expect(await arrive(first)).toBe(true);
        expect(await second.ask(count)).toBeNull();
        expect((await exports.confirm(batch)).confirmedAt).toBe(now);
      }),
      { numRuns: 30, seed: 20261121 },
    );
  });
});

describe('what is printed for a batch', () => {
  it('is the code of each device, and its PIN where that is the proof', async () => {
    await stores.products.put({ ...product, bindingPolicy: 'pin' });
    const { batch, devices } = await manufacture.makeBatch(product.id, 230);
    const prints = new Prints(stores.batches, stores.products, tickets, keys);
    const labels = [...(await prints.labels(batch, 0, 200)), ...(await prints.labels(batch, 200, 200))];
    expect(labels.map(({ id, url }) => ({ id, url }))).toEqual(devices.map(({ id, url }) => ({ id, url })));
    expect((await prints.pins(batch, 0, 1000)).map(({ pin }) => pin)).toEqual(devices.map(({ pin }) => pin));
    expect(JSON.stringify(labels)).not.toContain(devices[0]?.pin);
    await stores.products.put({ ...product, bindingPolicy: 'button' });
    await expect(prints.pins(batch, 0, 1)).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('is another code after a reprint, and the older one is told to be old', async () => {
    const { devices } = await manufacture.makeBatch(product.id, 2);
    const [first, second] = devices;
    if (!first || !second) throw new Error('two devices');
    const fresh = await tickets.reprint(first.id);
    expect(fresh).toMatchObject({ generation: 1 });
    expect(await tickets.find(first.url)).toMatchObject({ device: { id: first.id }, current: false });
    expect(await tickets.find(fresh.url)).toMatchObject({ device: { id: first.id }, current: true });
    expect(await tickets.find(second.url)).toMatchObject({ current: true });
    await expect(tickets.reprint('d0-0')).rejects.toMatchObject({ code: 'not-found' });
  });
});
