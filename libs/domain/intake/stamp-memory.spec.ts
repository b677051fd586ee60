// What is known of a device's stamps, held against a plain set.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StampMemory } from './stamp-memory.js';

const uint32 = fc.nat(0xffff_ffff);
const fewBoots = fc.constantFrom(0, 1, 0xffff_ffff);

describe('the memory of stamps', () => {
  it('knows what it was told, and nothing else', () => {
    const stamps = fc.array(fc.record({ boot: fewBoots, seq: uint32 }), { maxLength: 60 });
    fc.assert(
      fc.property(stamps, fc.record({ boot: fewBoots, seq: uint32 }), (told, asked) => {
        const memory = new StampMemory(told);
        for (const { boot, seq } of told) expect(memory.has(boot, seq)).toBe(true);
        const isKnown = told.some(({ boot, seq }) => boot === asked.boot && seq === asked.seq);
        expect(memory.has(asked.boot, asked.seq)).toBe(isKnown);
      }),
    );
  });

  it('keeps the last two thousand messages of a device that counts one by one', () => {
    const memory = new StampMemory();
    for (let seq = 0; seq < 10_000; seq++) memory.add(7, seq);
    for (let seq = 10_000 - 2_000; seq < 10_000; seq++) expect(memory.has(7, seq)).toBe(true);
    expect(memory.has(7, 0)).toBe(false);
  });

  it('forgets an earlier run of the firmware before the present one', () => {
    const memory = new StampMemory([{ boot: 1, seq: 5 }]);
    for (let seq = 0; seq < 2_048; seq++) memory.add(2, seq);
    expect(memory.has(1, 5)).toBe(false);
    expect(memory.has(2, 0)).toBe(true);
  });

  it('says how far the present run has come, whatever comes late', () => {
    const memory = new StampMemory([
      { boot: 1, seq: 5 },
      { boot: 1, seq: 3 },
    ]);
    expect(memory.newest).toEqual({ boot: 1, seq: 5 });
    memory.add(9, 1);
    expect(memory.newest).toEqual({ boot: 9, seq: 1 });
  });
});
