// From a change of an alarm to who is told what, under ids that telling twice does not change.
import { describe, expect, it } from '@jest/globals';
import { ruleSchema } from '#codecs/api';
import { type AlarmChange, acknowledge, end, escalate, follow, raise, repeat } from '#domain/alarms';
import type { Endpoint } from './endpoint.js';
import { planMatter, planNotices } from './plan.js';
import { usualPreferences } from './preferences.js';

const now = 1_763_700_000_000;
const rule = ruleSchema.parse({ id: 'leak', kind: 'gas', reading: 'gas.lel' });
const found = (severity: 'critical' | 'emergency') =>
  ({ active: true, severity, value: 12.5, since: now }) as const;
const gone = { active: false, severity: 'info', value: null, since: now } as const;
const kitchen = { zh: '厨房', en: 'Kitchen' };

const endpoint = (id: string, accountId: string): Endpoint => ({
  id,
  accountId,
  contactId: null,
  channel: 'webhook',
  name: '',
  address: 'https://example.org',
  secret: 'key',
  linkKey: 'link-key',
  locale: 'zh',
  createdAt: now,
  confirmedAt: now,
  provenAt: null,
  lifeSafetyOnlySince: null,
});
const preferences = usualPreferences;
const lin = { accountId: 'lin', endpoints: [endpoint('e1', 'lin'), endpoint('e2', 'lin')], preferences };
const bo = { accountId: 'bo', endpoints: [], preferences };

const occasion = {
  id: 'a1',
  deviceId: 'd1-1',
  epoch: 2,
  occurrence: 1,
  unit: '%LEL',
  receivedAt: now,
};
const raised = raise(rule, found('critical'), occasion);

/** The alarm's whole life, change by change. */
function life(): AlarmChange[] {
  const changes = [raised];
  const next = (change: AlarmChange | null) => {
    if (change === null) throw new Error('nothing changed');
    changes.push(change);
  };
  const alarm = () => changes.at(-1)?.alarm ?? raised.alarm;
  next(repeat(alarm(), rule, now + 60_000));
  next(acknowledge(alarm(), 'lin', now + 61_000));
  next(follow(alarm(), rule, found('emergency'), now + 62_000));
  next(repeat(alarm(), rule, now + 122_000));
  next(acknowledge(alarm(), 'lin', now + 123_000));
  next(follow(alarm(), rule, gone, now + 200_000));
  next(follow(alarm(), rule, found('critical'), now + 210_000));
  next(follow(alarm(), rule, gone, now + 300_000));
  next(end(alarm(), 'reset', now + 310_000, 'lin'));
  return changes;
}

const plan = (change: AlarmChange, to = [lin, bo]) =>
  planNotices(change, { recipients: to, contacts: [] }, kitchen, now + 5);

describe('a plan', () => {
  it('tells every person once, with a text in both languages and what to do', () => {
    const { notices } = plan(raised);
    expect(notices.map(({ accountId }) => accountId)).toEqual(['lin', 'bo']);
    expect(notices[0]).toEqual({
      id: 'a1.lin.raised.0',
      accountId: 'lin',
      about: 'alarm',
      subjectId: 'a1',
      deviceId: 'd1-1',
      epoch: 2,
      step: 'raised',
      number: 0,
      class: 'L',
      severity: 'critical',
      title: { zh: '厨房：燃气泄漏 (12.5 %LEL)', en: 'Kitchen: Gas leak (12.5 %LEL)' },
      body: expect.objectContaining({ en: expect.stringMatching(/^Switch nothing electrical/) }),
      receivedAt: now + 5,
      createdAt: now + 5,
    });
  });

  it('has one delivery an endpoint, each of the notice of its person', () => {
    expect(plan(raised).deliveries).toEqual(
      ['e1', 'e2'].map(id => ({
        id: `a1.lin.raised.0.${id}`,
        noticeId: 'a1.lin.raised.0',
        subjectId: 'a1',
        accountId: 'lin',
        channel: 'webhook',
        endpointId: id,
        contactId: null,
        class: 'L',
        rank: 0,
        stage: 0,
        dueAt: now + 5,
        bundle: null,
        enters: 'due',
      })),
    );
  });

  it('is the same when it is made again', () => {
    for (const change of life()) expect(plan(change)).toEqual(plan(change));
  });

  it('numbers each step of a life, and tells "worse" and "back" as raised again', () => {
    const told = life().map(change => {
      const [notice] = plan(change).notices;
      return `${change.step}: ${notice?.step} ${notice?.number}`;
    });
    expect(told).toEqual([
      'raised: raised 0',
      'repeat: repeat 1',
      'acknowledged: acknowledged 0',
      'worse: raised 1',
      'repeat: repeat 2',
      'acknowledged: acknowledged 1',
      'calm: calm 0',
      'back: raised 2',
      'calm: calm 1',
      'cleared: cleared 0',
    ]);
  });

  it('never gives two notices one id', () => {
    const ids = life().flatMap(change => plan(change).notices.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is empty when there is nobody to tell', () => {
    expect(plan(raised, [])).toEqual({ notices: [], deliveries: [], held: [] });
  });

  it('tells a matter of a device that is no alarm once, by the same ways', () => {
    const matter = { matter: 'credential-contested', id: 'm1', deviceId: 'd1-1', epoch: 2 } as const;
    const { notices, deliveries } = planMatter(matter, [lin, bo], kitchen, now);
    expect(notices).toMatchObject([
      {
        id: 'm1.lin.told.0',
        about: 'credential-contested',
        subjectId: 'm1',
        title: { zh: expect.stringMatching(/^厨房：/), en: expect.stringMatching(/^Kitchen: /) },
      },
      { id: 'm1.bo.told.0' },
    ]);
    expect(deliveries.map(({ id, subjectId }) => [id, subjectId])).toEqual([
      ['m1.lin.told.0.e1', 'm1'],
      ['m1.lin.told.0.e2', 'm1'],
    ]);
  });

  it('tells the contacts of the home of life safety alone, after everybody else, in the name of its first person', () => {
    const aunt = { contactId: 'aunt', endpoints: [endpoint('e9', 'aunt')] };
    const planned = planNotices(raised, { recipients: [lin, bo], contacts: [aunt] }, kitchen, now);
    expect(planned.deliveries.filter(({ contactId }) => contactId !== null)).toMatchObject([
      { id: 'a1.lin.raised.0.e9', accountId: 'lin', contactId: 'aunt', stage: 2, enters: 'held' },
    ]);
    const door = ruleSchema.parse({ id: 'door', kind: 'left-open', bit: 'door.open' });
    const opened = raise(door, { active: true, severity: 'warning', value: null, since: now }, occasion);
    const { deliveries } = planNotices(opened, { recipients: [lin], contacts: [aunt] }, kitchen, now);
    expect(deliveries.map(({ contactId }) => contactId)).toEqual([null, null]);
  });

  it('lets out what was held stage by stage, and needs nothing of it once somebody has seen the alarm', () => {
    const [further] = escalate(raised.alarm, now + 30_000);
    const seen = acknowledge(raised.alarm, 'lin', now);
    if (further === undefined || seen === null) throw new Error('nothing changed');
    expect(plan(further)).toMatchObject({ notices: [], held: [{ subjectId: 'a1', upTo: 1, at: now + 5 }] });
    expect(plan(seen)).toMatchObject({ held: [{ subjectId: 'a1', upTo: null }] });
    expect(plan(seen).deliveries.map(({ enters }) => enters)).toEqual(['if-told', 'if-told']);
  });

  it('says who sees to it', () => {
    const seen = acknowledge(raised.alarm, 'lin', now);
    if (seen === null) throw new Error('nothing changed');
    const { notices } = planNotices(seen, { recipients: [bo], contacts: [] }, kitchen, now, {
      byName: 'Lin',
    });
    expect(notices[0]?.title).toEqual({
      zh: '厨房：Lin正在处理“燃气泄漏”，告警尚未解除',
      en: 'Kitchen: Lin sees to it: Gas leak. The alarm is not over',
    });
  });
});
