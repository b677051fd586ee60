// Room for what is retained: never more than the limit, whatever is being stored at the same time, and none is lost.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RetainedMessages } from './retained.js';

const mostBytes = 1_500;
const weight = (topic: string, bytes: number) => topic.length + bytes + 200;

const message = fc.record({
  topic: fc.constantFrom('a', 'b', 'c', 'd'),
  bytes: fc.constantFrom(0, 1, 600, 1_000),
});
/** A message is planned, or the oldest that is under way is stored, or never will be. */
const step = fc.oneof(
  { weight: 3, arbitrary: message.map(said => ({ does: 'plan' as const, said })) },
  { weight: 2, arbitrary: fc.constant({ does: 'store' as const }) },
  { weight: 1, arbitrary: fc.constant({ does: 'abandon' as const }) },
);

describe('what is retained', () => {
  it('takes no more room than it may, whatever is stored in between, and gives all of it back', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const retained = new RetainedMessages(mostBytes);
        const standing = new Map<string, number>();
        const underWay: { topic: string; payload: Uint8Array; qos: 0 }[] = [];
        for (const one of steps) {
          switch (one.does) {
            case 'plan': {
              const { topic, bytes } = one.said;
              const planned = { topic, payload: new Uint8Array(bytes), qos: 0 as const };
              if (retained.reserve(planned)) underWay.push(planned);
              break;
            }
            case 'store': {
              const stored = underWay.shift();
              if (!stored) break;
              if (stored.payload.length === 0) retained.drop(stored.topic);
              else retained.put(stored);
              retained.release(stored);
              if (stored.payload.length === 0) standing.delete(stored.topic);
              else standing.set(stored.topic, weight(stored.topic, stored.payload.length));
              break;
            }
            case 'abandon':
              for (const lost of underWay.splice(0, 1)) retained.release(lost);
              break;
            default:
              one satisfies never;
          }
          expect(sum(standing)).toBeLessThanOrEqual(mostBytes);
        }
        for (const lost of underWay) retained.release(lost);
        for (const topic of standing.keys()) retained.drop(topic);
        const all = { topic: 'z', payload: new Uint8Array(mostBytes - weight('z', 0)), qos: 0 as const };
        expect(retained.reserve(all)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('may always be taken away, and replaced by as little, when there is no room for anything new', () => {
    const retained = new RetainedMessages(weight('a', 10));
    const said = (topic: string, bytes: number) => ({
      topic,
      payload: new Uint8Array(bytes),
      qos: 0 as const,
    });
    retained.put(said('a', 10));
    expect(retained.reserve(said('b', 1))).toBe(false);
    expect(retained.reserve(said('a', 11))).toBe(false);
    expect(retained.reserve(said('a', 10))).toBe(true);
    expect(retained.reserve(said('a', 0))).toBe(true);
    expect(retained.reserve(said('b', 0))).toBe(true);
  });
});

const sum = (sizes: ReadonlyMap<string, number>): number => [...sizes.values()].reduce((a, b) => a + b, 0);
