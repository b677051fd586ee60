// The credentials of a batch: exported so that no device has two secrets, whatever happens on the way.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ManualClock } from '#domain/clock';
import type { Batch } from './batch.js';
import type { ExportedSlice } from './credential-exports.js';
import { Credentials } from './credentials.js';
import { exports, madeOf, manufacture, now, opened, openTheFactory, stores } from './factory.fixture.js';

openTheFactory();

const fresh = ({ id }: Batch): Promise<Batch> => manufacture.batch(String(id));

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
