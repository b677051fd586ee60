// What many are sent is put together once.
import { describe, expect, it } from '@jest/globals';
import { joined } from './joined.js';

const frames = (...texts: string[]) => texts.map(text => new Uint8Array(Buffer.from(text)));

describe('frames that go out together', () => {
  it('are one piece, the same for all who are sent the same', () => {
    const same = frames('a', 'bc', 'def');
    const piece = joined([...same]);
    expect(String(piece)).toBe('abcdef');
    expect(joined([...same])).toBe(piece);
  });

  it('are another piece for whoever is sent something else after the same beginning', () => {
    const [a, b, c, d] = frames('a', 'b', 'c', 'd') as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    expect(String(joined([a, b, c]))).toBe('abc');
    expect(String(joined([a, b]))).toBe('ab');
    expect(String(joined([a, d, c]))).toBe('adc');
    expect(String(joined([a, b, c]))).toBe('abc');
  });

  it('are not copied when there is only one', () => {
    const [one] = frames('alone') as [Uint8Array];
    expect(joined([one])).toBe(one);
  });
});
