// The judge is judged: it finds nothing in what is right, and each fault that is planted.
import { describe, expect, it } from '@jest/globals';
import { brokenPromises, type Taken, type ToldHistory } from './told-history.fixture.js';

const took = (counter: number, step: string, change: Partial<Taken> = {}): Taken => ({
  id: `a1.${step}.e1`,
  endpointId: 'e1',
  subjectId: 'a1',
  counter,
  step,
  process: 1,
  ...change,
});

const right: ToldHistory = {
  alarms: [
    { id: 'a1', class: 'L', acknowledgedAt: 5, clearedAt: 9, timeline: [] },
    {
      id: 'a2',
      class: 'L',
      acknowledgedAt: null,
      clearedAt: null,
      timeline: [1, 2, 3].map(stage => ({ at: stage, what: 'escalated' as const, by: null, stage })),
    },
  ],
  owed: new Map([['a1', { accountIds: ['lin'], endpointIds: ['e1'] }]]),
  notices: [{ id: 'n1', accountId: 'lin', subjectId: 'a1', step: 'raised', number: 0 }],
  deliveries: [
    { id: 'a1.raised.e1', subjectId: 'a1', endpointId: 'e1', state: 'accepted' },
    { id: 'a1.cleared.e1', subjectId: 'a1', endpointId: 'e1', state: 'accepted' },
  ],
  taken: [took(1, 'raised'), took(1, 'raised', { process: 2 }), took(2, 'cleared', { process: 2 })],
};

const [a1, a2] = right.alarms;

describe('the judge of what people were told', () => {
  it('finds nothing in what is right, a duplicate across a crash among it', () => {
    expect(brokenPromises(right)).toEqual([]);
  });

  it.each<[string, Partial<ToldHistory>, RegExp]>([
    ['a lost delivery', { taken: [], deliveries: [] }, /nobody took it, and nobody knows why/],
    [
      'one that counts as accepted',
      { taken: right.taken.slice(0, 2) },
      /counts as accepted, and nobody took it/,
    ],
    [
      'one that is stuck',
      { deliveries: [{ ...right.deliveries[0], state: 'due' }] as never },
      /is still due/,
    ],
    ['a doubled one', { taken: [took(1, 'raised'), ...right.taken] }, /told twice without a crash/],
    [
      'a duplicate with another id',
      { taken: [took(1, 'raised'), took(1, 'raised', { id: 'other', process: 2 }), took(2, 'cleared')] },
      /told twice, as a1\.raised\.e1 and as other/,
    ],
    ['"cleared" before "raised"', { taken: [took(2, 'cleared'), took(1, 'raised')] }, /"cleared" came first/],
    [
      'a step that is overtaken',
      { taken: [took(1, 'raised'), took(3, 'cleared'), took(2, 'acknowledged')] },
      /"acknowledged" came after what follows it/,
    ],
    ['nobody told in the app', { notices: [] }, /lin was told 0 times in the app/],
    [
      'somebody told twice in the app',
      { notices: [...right.notices, ...right.notices] },
      /lin was told 2 times/,
    ],
    [
      'an alarm that nobody answered, and that stopped half way',
      { alarms: [a1, { ...a2, timeline: a2?.timeline.slice(0, 2) }] as never },
      /a2: neither acknowledged nor escalated to the end/,
    ],
  ])('finds %s', (_, planted, sentence) => {
    expect(brokenPromises({ ...right, ...planted }).join('\n')).toMatch(sentence);
  });
});
