// Who waits behind whom: nobody behind a talkative neighbour, everybody behind his own earlier words.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairLine } from './fair-line.js';

interface Said {
  readonly speaker: string;
  readonly number: number;
}

function lineOf(said: readonly Said[]): FairLine<Said> {
  const line = new FairLine<Said>();
  for (const one of said) line.push(one.speaker, one);
  return line;
}

const flood = Array.from({ length: 10_000 }, (_, number) => ({ speaker: `noisy-${number % 500}`, number }));

describe('a fair line', () => {
  it('hears a quiet speaker within one round, however long the line is', () => {
    const line = lineOf([...flood, { speaker: 'quiet', number: 0 }]);
    const place = line.take(501).findIndex(({ speaker }) => speaker === 'quiet');
    expect(place).toBeGreaterThanOrEqual(0);
  });

  it('hears who had nothing in line before those who go on and on, whoever of them would be next', () => {
    const line = lineOf(flood);
    line.take(800);
    line.push('quiet', { speaker: 'quiet', number: 0 });
    line.push('quiet', { speaker: 'quiet', number: 1 });
    const next = line.take(300);
    expect(next[0]).toEqual({ speaker: 'quiet', number: 0 });
    expect(next.filter(({ speaker }) => speaker === 'quiet')).toHaveLength(1);
  });

  it('gives nobody two turns of a round for saying one word at a time', () => {
    const line = lineOf(flood.slice(0, 1_000));
    const heard = Array.from({ length: 500 }, (_, number) => {
      line.push('drop by drop', { speaker: 'drop by drop', number });
      return line.take(2);
    }).flat();
    const noisy = heard.filter(({ speaker }) => speaker !== 'drop by drop').length;
    expect(noisy).toBeGreaterThan(heard.length * 0.9);
  });

  it('hears a few of each in a turn, so that a batch is of few speakers', () => {
    const line = lineOf(flood);
    line.take(500);
    expect(new Set(line.take(400).map(({ speaker }) => speaker)).size).toBe(100);
  });

  it('goes on where it stopped, so that a full batch leaves nobody out for ever', () => {
    const line = lineOf(flood);
    const heard = [line.take(300), line.take(300)].flat();
    expect(new Set(heard.map(({ speaker }) => speaker)).size).toBe(500);
  });

  it('loses nothing, doubles nothing, and keeps the order of each speaker', () => {
    const speakers = fc.constantFrom('a', 'b', 'c');
    const steps = fc.array(
      fc.oneof(
        fc.record({ push: speakers }),
        fc.record({ take: fc.nat(5) }),
        // Of what was taken, as many come back.
        fc.record({ take: fc.nat(5), back: fc.nat(5) }),
      ),
    );
    fc.assert(
      fc.property(steps, steps => {
        const line = new FairLine<Said>();
        const pushed: Said[] = [];
        const done: Said[] = [];
        for (const step of steps) {
          if ('push' in step) {
            const one = { speaker: step.push, number: pushed.length };
            pushed.push(one);
            line.push(one.speaker, one);
          } else {
            const taken = line.take(step.take);
            const stays = taken.length - ('back' in step ? Math.min(step.back, taken.length) : 0);
            done.push(...taken.slice(0, stays));
            line.putBack(taken.slice(stays));
          }
          expect(line.length).toBe(pushed.length - done.length);
        }
        done.push(...line.take(line.length));
        for (const name of ['a', 'b', 'c'])
          expect(done.filter(({ speaker }) => speaker === name)).toEqual(
            pushed.filter(({ speaker }) => speaker === name),
          );
      }),
    );
  });

  it('gives out those that are asked for, and the others as before', () => {
    const line = lineOf(['a', 'b', 'a', 'c'].map((speaker, number) => ({ speaker, number })));
    expect(line.takeWhere(({ speaker }) => speaker === 'a').map(({ number }) => number)).toEqual([0, 2]);
    expect(line.take(9).map(({ number }) => number)).toEqual([1, 3]);
    expect(line.length).toBe(0);
  });
});
