// Writes that come together are one write, and a bad one among them is its own trouble.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Gathering } from './gathering.js';

describe('gathered writes', () => {
  it('are one write for all that came while the last was under way', async () => {
    const groups: string[][] = [];
    let finish = () => {};
    const gathering = new Gathering<string>(async items => {
      groups.push([...items]);
      await new Promise<void>(resolve => {
        finish = resolve;
      });
    });
    const first = gathering.join('a');
    const others = ['b', 'c', 'd'].map(item => gathering.join(item));
    expect(groups).toEqual([['a']]);
    finish();
    await first;
    await nextTurn();
    expect(groups).toEqual([['a'], ['b', 'c', 'd']]);
    finish();
    await Promise.all(others);
    await nextTurn();
    const last = gathering.join('e');
    finish();
    await last;
    expect(groups[2]).toEqual(['e']);
  });

  it('are tried one by one when they fail together', async () => {
    const stored: string[] = [];
    const gathering = new Gathering<string>(async items => {
      await null;
      if (items.includes('bad')) throw new Error('cannot be stored');
      stored.push(...items);
    });
    const outcomes = await Promise.allSettled(['a', 'b', 'bad', 'c'].map(item => gathering.join(item)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(stored).toEqual(['a', 'b', 'c']);
  });
});
