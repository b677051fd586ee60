// What every ErasureStore promises: nothing of the period is left, all else is as it was, and each row is counted once.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ErasureCertificate } from '#codecs/api';
import { byGateway } from '#domain/accounts';
import { erasureAsked, ledgerRow } from '#domain/binding';
import { noneErased } from '#domain/erasure';
import { historySteps } from '#domain/intake';
import type { Stores } from '../index.js';
import type { Dump } from './dump.contract.js';
import {
  alarmIdOf,
  allHappenings,
  type Happening,
  happenings,
  knows,
  type Period,
  twoDevices,
} from './periods.contract.js';
import { noon, rebind } from './samples.contract.js';

export interface OpenedErasures {
  readonly stores: Stores;
  dump(): Promise<Dump>;
  close(): Promise<void>;
}

const certificate = { format: 1, signature: 'of a test' } as unknown as ErasureCertificate;
const later = 2 * noon;
const forever = new AbortController().signal;

export function erasureStoreContract(name: string, open: () => Promise<OpenedErasures>): void {
  describe(`ErasureStore on ${name}`, () => {
    let opened: OpenedErasures;
    let stores: Stores;
    let first: Period;
    let second: Period;
    let others: Period[];
    beforeEach(async () => {
      opened = await open();
      stores = opened.stores;
      ({ first, second, others } = await twoDevices(stores));
    });
    afterEach(() => opened.close());

    async function everything(times = 3): Promise<void> {
      for (const period of [first, second, ...others]) {
        await knows(stores, period);
        for (const what of allHappenings)
          for (let n = 0; n < times; n += 1) await happenings[what](stores, period, n);
      }
    }

    const marked = (dump: Dump, { mark }: Period) => dump.filter(row => row.text.includes(mark));
    /** Not the erasure itself, and not its lines. */
    const rest = (dump: Dump, { mark }: Period) =>
      dump
        .filter(({ table, text }) => table !== 'erasures' && !text.includes(mark))
        .filter(({ text }) => !/"(what|kind)":"eras/.test(text) && !text.includes('"changed_by":""'))
        .map(({ table, text }) => `${table} ${text}`);

    const ask = (period: Period, at: number) =>
      stores.erasures.ask(erasureAsked(period, { id: period.accountId, from: byGateway }, at));

    const erase = async (period: Period, signal = forever) => {
      await ask(period, later);
      return stores.erasures.erase(period, signal);
    };

    it('leaves nothing of the period in any table, and everything else as it was', async () => {
      await everything();
      const before = await opened.dump();
      const tables = new Set(marked(before, first).map(({ table }) => table));
      expect(tables.size).toBeGreaterThanOrEqual(12);
      expect(await erase(first)).toBe(true);
      const after = await opened.dump();
      expect(marked(after, first).filter(({ table }) => table !== 'device_figures')).toEqual([]);
      expect(rest(after, first).sort()).toEqual(rest(before, first).sort());
      for (const other of [second, ...others]) expect(marked(after, other)).toEqual(marked(before, other));
    });

    it('is found by no question any more, while the neighbours are', async () => {
      await everything();
      await erase(first);
      const { fineMs } = historySteps;
      for (const [period, some] of [
        [first, 0],
        [second, 3],
      ] as const) {
        const { deviceId, epoch, mark, accountId, memberId, from } = period;
        const range = { deviceId, epoch, from: from - (from % fineMs), to: from + 864_000_000 };
        const measured = { ...range, reading: `${mark}.lel`, stepMs: fineMs, bucketMs: fineMs };
        expect(await stores.history.buckets({ ...measured, to: range.from + 100 * fineMs })).toHaveLength(
          some,
        );
        expect(await stores.history.events({ ...range, limit: 9 })).toHaveLength(some);
        expect(await stores.alarms.ofDevice(deviceId, epoch, 9)).toHaveLength(some);
        expect(await stores.notices.ofAlarm(accountId, alarmIdOf(period, 0))).toHaveLength(Math.min(some, 1));
        expect(await stores.notices.ofAlarm(memberId, alarmIdOf(period, 0))).toHaveLength(1);
        expect(await stores.outbox.ofAlarm(accountId, alarmIdOf(period, 0))).toHaveLength(Math.min(some, 1));
        expect(await exported(accountId, mark)).toBe(some > 0);
      }
    });

    async function exported(accountId: string, mark: string): Promise<boolean> {
      let text = '';
      for await (const page of stores.personal.of(accountId)) text += JSON.stringify(page);
      return text.includes(`${mark}.lel`) || text.includes(`${mark} again`);
    }

    it('knows a message that is sent once more, though its words are gone', async () => {
      await happenings.said(stores, first, 1);
      await happenings.said(stores, second, 1);
      await erase(first);
      const before = await opened.dump();
      await happenings.said(stores, first, 1);
      expect(await opened.dump()).toEqual(before);
    });

    it('keeps of a message its stamp and the day, by which the log is forgotten in its turn', async () => {
      await happenings.said(stores, first, 1);
      await erase(first);
      const [row] = (await stores.intake.past(first.deviceId, 1)) as [object];
      const day = first.from - (first.from % 86_400_000);
      expect(row).toMatchObject({
        kind: 'erased',
        body: null,
        at: day,
        receivedAt: day,
        epoch: 1,
        seq: 10_001,
      });
    });

    it('keeps figures that are in force still, and forgets who set them', async () => {
      for (const n of [0, 1, 2]) await happenings.figured(stores, first, n);
      await erase(first);
      expect(await stores.intake.figuresOf(first.deviceId)).toEqual([
        {
          deviceId: first.deviceId,
          figures: { [first.mark]: { from: 2 } },
          changedAt: first.from + 2,
          changedBy: '',
        },
      ]);
    });

    it('counts what it took, the same however often it was broken off', async () => {
      await everything();
      let rounds = 0;
      for (let isDone = false; !isDone; rounds += 1) isDone = await erase(first, brokenOffAfter(2));
      expect(rounds).toBeGreaterThan(3);
      expect((await stores.erasures.byPeriod(first.deviceId, 1))?.erased).toEqual({
        ...noneErased,
        // In both widths; the coarse one holds all three.
        ...{ measurements: 4, events: 3, inputs: 6, alarms: 3, notices: 3, receipts: 3 },
        ...{ states: 2, figures: 3, deadLetters: 3 },
      });
    });

    it('is asked for once, and certified once', async () => {
      await ask(first, later);
      await ask(first, later + 1);
      expect(await stores.erasures.unfinished()).toMatchObject([
        { epoch: 1, askedAt: later, erasedAt: null },
      ]);
      await stores.erasures.finish(first, later + 2, certificate);
      await stores.erasures.finish(first, later + 3, { ...certificate, signature: 'another' });
      await ask(first, later + 4);
      expect(await stores.erasures.unfinished()).toEqual([]);
      expect(await stores.erasures.ofPerson(first.accountId)).toMatchObject([
        { askedAt: later, erasedAt: later + 2, certificate },
      ]);
      const lines = (await stores.bindings.ledger(first.deviceId, 99)).filter(({ what }) =>
        /eras/.test(what),
      );
      expect(lines).toMatchObject([
        { what: 'erased', epoch: 1, at: later + 2, accountId: null },
        { what: 'erasure-asked', epoch: 1, at: later, accountId: first.accountId },
      ]);
    });

    it('asks for it with the change of owner itself, or not at all', async () => {
      const { deviceId, accountId, epoch } = others[0] as Period;
      const binding = await stores.bindings.byDevice(deviceId);
      if (!binding) throw new Error('no binding');
      const lines = [
        ledgerRow(byGateway, { deviceId, epoch: epoch + 1, at: later, what: 'released', accountId }),
        erasureAsked({ deviceId, epoch }, { id: accountId, from: byGateway }, later),
      ];
      const next = { ...binding, state: 'released' as const, epoch: epoch + 1, ownerId: null };
      const stale = { ...next, version: binding.version };
      expect(await rebind(stores, stale, lines)).toBe(false);
      expect(await stores.erasures.unfinished()).toEqual([]);
      const change = { next: { ...next, version: binding.version + 1 }, ledger: lines };
      expect(await rebind(stores, change.next, change.ledger)).toBe(true);
      expect(await stores.erasures.unfinished()).toMatchObject([{ deviceId, epoch, accountId }]);
    });

    it('tells the times that are over from the one that is not, and whose they were', async () => {
      const told = ({ deviceId, epoch, accountId, from, to }: Period) => ({
        deviceId,
        epoch,
        accountId,
        from,
        to,
      });
      expect(await stores.erasures.pastOf(first.accountId)).toEqual([told(first)]);
      expect(await stores.erasures.pastOf(second.accountId)).toEqual([told(second)]);
      const { deviceId } = first;
      expect(await stores.erasures.period(first.accountId, deviceId, 1)).toEqual(told(first));
      expect(await stores.erasures.period(second.accountId, deviceId, 1)).toBeNull();
      expect(await stores.erasures.period(first.accountId, deviceId, 3)).toBeNull();
    });

    it('takes of any history of two owners what is of one, whenever it is broken off', async () => {
      const history = fc.array(
        fc.record({ what: fc.constantFrom<Happening>(...allHappenings), whose: fc.nat(3) }),
        { minLength: 8, maxLength: 24 },
      );
      let n = 100;
      let epochs = 0;
      await fc.assert(
        fc.asyncProperty(history, fc.nat(4), fc.boolean(), async (deeds, most, isSecond) => {
          const world = await twoDevices(stores);
          const periods = [world.first, world.second, ...world.others];
          for (const { what, whose } of deeds) {
            const period = periods[whose];
            if (period) await happenings[what](stores, period, n++);
          }
          const gone = isSecond ? world.second : world.first;
          const before = await opened.dump();
          while (!(await erase(gone, brokenOffAfter(most + 1))));
          const after = await opened.dump();
          expect(marked(after, gone).filter(({ table }) => table !== 'device_figures')).toEqual([]);
          expect(rest(after, gone).sort()).toEqual(rest(before, gone).sort());
          epochs += Number(marked(before, gone).length > 0);
        }),
        { numRuns: 12 },
      );
      // Otherwise it would have been shown of nothing.
      expect(epochs).toBeGreaterThan(0);
    });
  });
}

/** As a stop of the gateway: after so many slices somebody says that it is over. */
function brokenOffAfter(slices: number): AbortSignal {
  let left = slices * 2;
  return Object.defineProperty(new EventTarget(), 'aborted', {
    get: () => left-- <= 0,
  }) as unknown as AbortSignal;
}
