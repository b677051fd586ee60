// What every NoticeStore promises, and how the intake's commit numbers notices.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import type { Notice, NoticeDraft } from '#domain/notices';
import type { Stores } from '../index.js';
import { batchOf, memoryOf, noticeOf, someone } from './samples.contract.js';

export function noticeStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`NoticeStore on ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    it('gives notices back as they were committed, with a counter from 1 for each person', async () => {
      const [lin, wang] = [newId(), newId()];
      const drafts = [noticeOf(lin), noticeOf(wang), noticeOf(lin, { step: 'repeat', number: 1 })];
      const notices = await told(...drafts);
      expect(notices).toEqual([1, 1, 2].map((counter, at) => ({ ...drafts[at], counter, seenAt: null })));
      expect(await stores.notices.after(lin, 0, 10)).toEqual([notices[0], notices[2]]);
      expect(await stores.notices.after(wang, 0, 10)).toEqual([notices[1]]);
    });

    it('keeps how far each person has read: forward only, and never beyond what was told', async () => {
      const [{ account: lin }, { account: wang }] = [await someone(stores), await someone(stores)];
      await told(...Array.from({ length: 4 }, (_, number) => noticeOf(lin.id, { step: 'repeat', number })));
      expect(await stores.notices.read(lin.id)).toEqual({ last: 4, readUpTo: 0 });
      await stores.notices.markRead(lin.id, 3);
      await stores.notices.markRead(lin.id, 1);
      expect(await stores.notices.read(lin.id)).toEqual({ last: 4, readUpTo: 3 });
      await stores.notices.markRead(lin.id, 9);
      expect(await stores.notices.read(lin.id)).toEqual({ last: 4, readUpTo: 4 });
      expect(await stores.notices.read(wang.id)).toEqual({ last: 0, readUpTo: 0 });
    });

    it('leaves out what was told before: no second row, no counter', async () => {
      const account = newId();
      const known = noticeOf(account);
      await told(known);
      const fresh = noticeOf(account);
      expect(await told(known, fresh, fresh)).toEqual([{ ...fresh, counter: 2, seenAt: null }]);
      expect(await told(known, fresh)).toEqual([]);
      expect(await told(noticeOf(account))).toMatchObject([{ counter: 3 }]);
      expect(await stores.notices.after(account, 0, 10)).toHaveLength(3);
    });

    it('numbers without a gap and in the order of telling, under two hundred commits at the same time', async () => {
      const people = [newId(), newId(), newId()];
      const twice = people.map(account => noticeOf(account));
      const commits = Array.from({ length: 200 }, (_, at) =>
        told(...people.map(account => noticeOf(account)).slice(at % 3), ...twice),
      );
      const results = await Promise.all(commits);
      for (const account of people) {
        const stored = await stores.notices.after(account, 0, 1000);
        expect(stored.map(notice => notice.counter)).toEqual(stored.map((_, at) => at + 1));
        const given = results.flat().filter(notice => notice.accountId === account);
        expect(given.sort(byCounter)).toEqual(stored);
      }
    });

    it('leaves no gap behind a commit that was rolled back', async () => {
      const account = newId();
      await told(noticeOf(account));
      const stale = batchOf({ ruleMemories: [memoryOf(newId(), 5)], notices: [noticeOf(account)] });
      expect(await stores.intake.commit(stale)).toMatchObject({ ok: false });
      expect(await told(noticeOf(account))).toMatchObject([{ counter: 2 }]);
    });

    it('reads on after a counter, the newest first, and about one alarm', async () => {
      const account = newId();
      const notices = await told(
        noticeOf(account, { subjectId: 'a' }),
        noticeOf(account, { subjectId: 'b' }),
        noticeOf(account, { subjectId: 'a', step: 'cleared' }),
      );
      expect(await stores.notices.after(account, 1, 1)).toEqual([notices[1]]);
      expect(await stores.notices.after(account, 3, 9)).toEqual([]);
      expect(await stores.notices.latest(account, 2)).toEqual([notices[2], notices[1]]);
      expect(await stores.notices.ofAlarm(account, 'a')).toEqual([notices[0], notices[2]]);
      expect(await stores.notices.ofAlarm(newId(), 'a')).toEqual([]);
    });

    async function told(...notices: NoticeDraft[]): Promise<Notice[]> {
      const result = await stores.intake.commit(batchOf({ notices }));
      if (!result.ok) throw new Error('stale');
      return [...result.notices];
    }
  });
}

const byCounter = (a: Notice, b: Notice): number => a.counter - b.counter;
