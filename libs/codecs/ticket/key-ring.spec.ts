// The key ring and its file: made, rotated, written and read again; faults are named and keys are never quoted.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createKey, createKeyRing, parseKeyRing, rotateKeyRing, serialiseKeyRing } from './index.js';

const FIRST = new Date('2026-11-01T08:00:00.000Z');
const LATER = new Date('2027-01-01T08:00:00.000Z');
const bytes = (fill: number) => new Uint8Array(32).fill(fill);

const FILE = `{
  "version": 1,
  "current": 2,
  "keys": [
    {
      "id": 1,
      "key": "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE",
      "createdAt": "2026-11-01T08:00:00.000Z"
    },
    {
      "id": 2,
      "key": "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI",
      "createdAt": "2027-01-01T08:00:00.000Z"
    }
  ]
}
`;

describe('a key ring', () => {
  it('begins with one key, number 1', () => {
    const ring = createKeyRing(bytes(1), FIRST);
    expect(ring).toEqual({ current: 1, keys: new Map([[1, bytes(1)]]), createdAt: new Map([[1, FIRST]]) });
  });

  it('keeps its own copy of the bytes, and takes 32 of them', () => {
    const random = bytes(7);
    const key = createKey(random);
    random.fill(0);
    expect(key).toEqual(bytes(7));
    expect(() => createKey(new Uint8Array(31))).toThrow(RangeError);
  });

  it('is rotated by a new current key beside the old ones', () => {
    const ring = rotateKeyRing(createKeyRing(bytes(1), FIRST), bytes(2), LATER);
    expect(ring.current).toBe(2);
    expect([...ring.keys]).toEqual([
      [1, bytes(1)],
      [2, bytes(2)],
    ]);
  });

  it('is full after key 255', () => {
    const full = { current: 255, keys: new Map([[255, bytes(1)]]), createdAt: new Map([[255, FIRST]]) };
    expect(() => rotateKeyRing(full, bytes(2), LATER)).toThrow(/full/);
  });
});

describe('the file of a key ring', () => {
  const ring = rotateKeyRing(createKeyRing(bytes(1), FIRST), bytes(2), LATER);

  it('is written in one fixed form', () => {
    expect(serialiseKeyRing(ring)).toBe(FILE);
  });

  it('is read again as the same ring', () => {
    expect(parseKeyRing(FILE)).toEqual({ ok: true, ring });
  });

  it('comes back for any keys', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.date({ noInvalidDate: true, min: FIRST, max: LATER }),
        (key, at) => {
          const any = createKeyRing(key, at);
          expect(parseKeyRing(serialiseKeyRing(any))).toEqual({ ok: true, ring: any });
        },
      ),
    );
  });

  it.each([
    ['no JSON', FILE.slice(0, 120), 'the file'],
    ['nothing', '', 'the file'],
    ['a version from the future', FILE.replace('"version": 1', '"version": 2'), 'version'],
    ['a field that nobody knows', FILE.replace('"current"', '"curent": 1, "current"'), 'curent'],
    ['a current key that is missing', FILE.replace('"current": 2', '"current": 3'), 'current'],
    ['one id twice', FILE.replace('"id": 1', '"id": 2'), 'two keys'],
    ['an id above 255', FILE.replace('"id": 1', '"id": 256'), 'keys.0.id'],
    ['a key that is too short', FILE.replace('AQEB', ''), 'keys.0.key'],
    ['a key with bits beyond its 32 bytes', FILE.replace('AQE"', 'AQF"'), 'keys.0.key'],
    ['a time that is none', FILE.replace('2026-11-01T08:00:00.000Z', 'yesterday'), 'keys.0.createdAt'],
    ['no keys', '{"version":1,"current":1,"keys":[]}', 'keys'],
  ])('is refused with %s', (_, text, place) => {
    const parsed = parseKeyRing(text);
    expect(parsed).toMatchObject({ ok: false });
    expect(parsed).toHaveProperty('faults', expect.arrayContaining([expect.stringContaining(place)]));
    expect(JSON.stringify(parsed)).not.toMatch(/AQEB|AgIC/);
  });
});
