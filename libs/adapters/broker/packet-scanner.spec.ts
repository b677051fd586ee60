// The scanner finds every packet, however the bytes are cut.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PacketScanner } from './packet-scanner.js';

interface Found {
  readonly type: number;
  readonly length: number;
}

function packet({ type, length }: Found): number[] {
  const header = [type << 4];
  for (let rest = length; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...header, rest, ...new Array<number>(length).fill(0xff)];
    header.push((rest % 128) + 128);
  }
}

function scan(chunks: readonly Uint8Array[]): { found: Found[]; boundaries: number; complete: boolean } {
  const scanner = new PacketScanner();
  const found: Found[] = [];
  let boundaries = 0;
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      at = scanner.step(chunk, at);
      if (at < 0) return { found, boundaries, complete: false };
      if (scanner.atBody) found.push({ type: scanner.type, length: scanner.length });
      if (scanner.atBoundary) boundaries += 1;
    }
  }
  return { found, boundaries, complete: scanner.atBoundary };
}

function cut(bytes: readonly number[], sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(Uint8Array.from(bytes.slice(at, at + size)));
    at += size;
  }
  return chunks;
}

const lengths = fc.oneof(fc.nat(300), fc.constantFrom(0, 127, 128, 16_383, 16_384));
const packets = fc.array(fc.record({ type: fc.integer({ min: 1, max: 14 }), length: lengths }), {
  maxLength: 8,
});
const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 });

describe('the packet scanner', () => {
  it('finds each packet once, with its type and length, and each boundary', () => {
    fc.assert(
      fc.property(packets, sizes, (sent, pieces) => {
        const { found, boundaries, complete } = scan(cut(sent.flatMap(packet), pieces));
        expect(found).toEqual(sent);
        expect({ boundaries, complete }).toEqual({ boundaries: sent.length, complete: true });
      }),
    );
  });

  it.each([
    [[0x30, 0x7f], 127],
    [[0x30, 0x80, 0x01], 128],
    [[0x30, 0xff, 0xff, 0xff, 0x7f], 268_435_455],
  ])('reads the length of %j as %d (MQTT 3.1.1 table 2.4)', (bytes, length) => {
    expect(scan([Uint8Array.from(bytes)]).found).toEqual([{ type: 3, length }]);
  });

  it('takes no length of five bytes', () => {
    const endless = Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff, 0x01);
    expect(scan([endless])).toEqual({ found: [], boundaries: 0, complete: false });
  });
});
