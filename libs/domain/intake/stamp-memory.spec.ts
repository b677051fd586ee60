// What is known of a device's stamps, held against a plain set.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Position, StampMemory } from './stamp-memory.js';

const uint32 = fc.nat(0xffff_ffff);
const fewBoots = fc.constantFrom(0, 1, 0xffff_ffff);

describe('the memory of stamps', () => {
  it('knows what it was told, and nothing else', () => {
    const near = fc.record({ boot: fewBoots, seq: fc.oneof(fc.nat(40), uint32) });
    fc.assert(
      fc.property(fc.array(near, { maxLength: 60 }), near, (told, asked) => {
        const memory = remembering(told);
        for (const { boot, seq } of told) expect(memory.has(boot, seq)).toBe(true);
        const isKnown = told.some(({ boot, seq }) => boot === asked.boot && seq === asked.seq);
        expect(memory.has(asked.boot, asked.seq)).toBe(isKnown);
      }),
    );
  });

  it('keeps all messages of a device that counts one by one', () => {
    const memory = remembering(Array.from({ length: 10_000 }, (_, seq) => ({ boot: 7, seq })));
    for (const seq of [0, 5_000, 9_999]) expect(memory.has(7, seq)).toBe(true);
    expect(memory.has(7, 10_000)).toBe(false);
  });

  it('keeps the last 64 of a device that never counts one by one', () => {
    const memory = remembering(Array.from({ length: 100 }, (_, i) => ({ boot: 7, seq: 2 * i })));
    expect(memory.has(7, 2 * 35)).toBe(false);
    for (let i = 36; i < 100; i++) expect(memory.has(7, 2 * i)).toBe(true);
  });

  it('forgets an earlier run of the firmware before the present one', () => {
    const memory = remembering([{ boot: 1, seq: 5 }]);
    for (let i = 0; i < 64; i++) memory.add(2, 2 * i);
    expect(memory.has(1, 5)).toBe(false);
    expect(memory.has(2, 0)).toBe(true);
  });

  it('says how far the present run has come, whatever comes late', () => {
    const memory = remembering([
      { boot: 1, seq: 5 },
      { boot: 1, seq: 3 },
    ]);
    expect(memory.newest).toEqual({ boot: 1, seq: 5 });
    memory.add(9, 1);
    expect(memory.newest).toEqual({ boot: 9, seq: 1 });
  });

  it('is the same when it was read back', () => {
    const memory = new StampMemory([
      { boot: 1, first: 7, last: 7 },
      { boot: 1, first: 1, last: 5 },
    ]);
    expect(memory.newest).toEqual({ boot: 1, seq: 7 });
    expect([1, 5, 6, 7].map(seq => memory.has(1, seq))).toEqual([true, true, false, true]);
  });
});

/** As the intake does: what is known is not added again. */
function remembering(stamps: readonly Position[]): StampMemory {
  const memory = new StampMemory();
  for (const { boot, seq } of stamps) if (!memory.has(boot, seq)) memory.add(boot, seq);
  return memory;
}
