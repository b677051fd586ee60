// The checker finds what it is there to find: each fault is planted and must be named.
import { describe, expect, it } from '@jest/globals';
import { brokenWords, type Kept, type Spoken } from './checker.js';

const spoken: Spoken = { deviceId: 'd', alarmAt: 2, acknowledged: new Set([0, 1, 2]) };
const inputsOf = (...seqs: number[]) => seqs.map(seq => ({ deviceId: 'd', seq }));
const alarm = { id: 'a', deviceId: 'd' };
const notice = { id: 'n', alarmId: 'a', step: 'raised' };
const whole: Kept = { inputs: inputsOf(0, 1, 2, 3), alarms: [alarm], notices: [notice] };

describe('the checker', () => {
  it('finds nothing where the word was kept, with more stored than was acknowledged', () => {
    expect(brokenWords([spoken], whole)).toEqual([]);
    const early: Kept = { inputs: inputsOf(0), alarms: [], notices: [] };
    expect(brokenWords([{ ...spoken, acknowledged: new Set([0]) }], early)).toEqual([]);
  });

  it.each<[string, Partial<Kept>, RegExp]>([
    [
      'acknowledged and not stored',
      { inputs: inputsOf(0, 1), alarms: [], notices: [] },
      /2 was acknowledged/,
    ],
    ['stored twice', { inputs: inputsOf(0, 1, 2, 2) }, /twice/],
    ['stored in another order', { inputs: inputsOf(0, 2, 1) }, /order/],
    ['a hole', { inputs: inputsOf(0, 1, 2, 4) }, /order/],
    ['no alarm', { alarms: [] }, /0 alarms/],
    ['two alarms', { alarms: [alarm, { ...alarm, id: 'b' }] }, /2 alarms/],
    ['an alarm without its cause', { inputs: inputsOf(0, 1) }, /1 alarms where there should be 0/],
    ['nobody told', { notices: [] }, /told 0 times/],
    ['told twice', { notices: [notice, { ...notice, id: 'm' }] }, /told 2 times/],
  ])('names %s', (_, change, fault) => {
    expect(brokenWords([spoken], { ...whole, ...change }).join('\n')).toMatch(fault);
  });
});
