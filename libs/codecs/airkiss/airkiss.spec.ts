// Every vector as encode, decode and round trip, then any credentials at all.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AirKissDecoder,
  type Credentials,
  crc8,
  type DecoderState,
  encode,
  type Frame,
  LIMIT,
  SCHEDULES,
  transmit,
  UnsendableCredentials,
} from './index.js';
import { encryptedVectors, plainVectors, type Vector } from './vectors.contract.js';

const vectors: Vector[] = [...plainVectors, ...encryptedVectors];
const text = (value: string) => new TextEncoder().encode(value);

/** Frames of a program on clear air, as one access point relays them. */
function* framesOf(credentials: Credentials, base = 76): Generator<Frame> {
  let seq = 4000;
  for (const { length } of transmit(encode(credentials), SCHEDULES.wechat))
    yield {
      length: length + base,
      seq: seq++ % 4096,
      direction: 'from',
      source: '0200000000aa',
      bssid: '0200000000bb',
    };
}

function decode(frames: Iterable<Frame>): DecoderState {
  const decoder = new AirKissDecoder();
  for (const frame of frames) if (decoder.push(frame).status === 'complete') break;
  return decoder.state;
}

describe('the CRC', () => {
  it('gives the values that were seen on air', () => {
    expect(crc8(text('505'))).toBe(0x47);
    expect(crc8(text('CDHN_Test'))).toBe(0xe5);
  });
});

describe.each(vectors.map(vector => [vector.name, vector] as const))('the vector %s', (_, vector) => {
  const { credentials, magic, prefix, sequences, total } = vector;

  it('is encoded symbol for symbol as the WeChat app sends it', () => {
    expect(encode(credentials)).toEqual({ guide: [1, 2, 3, 4], magic, prefix, sequences, total });
  });

  it('is decoded from its symbols', () => {
    const symbols = [
      ...Array.from({ length: 8 }, () => [1, 2, 3, 4]).flat(),
      ...Array.from({ length: 4 }, () => magic).flat(),
      ...prefix,
      ...Array.from({ length: 3 }, () => sequences.flat()).flat(),
    ];
    const frames = symbols.map(
      (symbol, index): Frame => ({
        length: symbol + 100,
        seq: index,
        direction: 'to',
        source: '0200000000aa',
        bssid: '0200000000bb',
      }),
    );
    expect(decode(frames)).toMatchObject({ status: 'complete', ...credentials });
  });

  it('makes the round trip', () => {
    expect(decode(framesOf(credentials))).toMatchObject({ status: 'complete', ...credentials });
  });
});

const anyCredentials = fc
  .record({
    ssid: fc.uint8Array({ minLength: 1, maxLength: LIMIT.ssid }),
    password: fc.uint8Array({ maxLength: LIMIT.password }),
    random: fc.integer({ min: 0, max: 255 }),
  })
  .filter(({ ssid, password }) => ssid.length + password.length + 1 <= LIMIT.total);

describe('any credentials', () => {
  it('come back as they were sent', () => {
    fc.assert(
      fc.property(anyCredentials, fc.integer({ min: 1, max: 2000 }), (credentials, base) => {
        expect(decode(framesOf(credentials, base))).toMatchObject({ status: 'complete', ...credentials });
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it.each([
    ['ssid-empty', '', 'x', 1],
    ['ssid-too-long', 'x'.repeat(33), '', 1],
    ['password-too-long', 'x', 'x'.repeat(65), 1],
    ['random-out-of-range', 'x', '', 256],
  ] as const)('are refused as %s', (fault, ssid, password, random) => {
    const credentials = { ssid: text(ssid), password: text(password), random };
    expect(() => encode(credentials)).toThrow(new UnsendableCredentials(fault));
  });
});

describe('a decoder that hears noise', () => {
  const anyFrame = fc.record({
    length: fc.oneof(fc.integer({ min: -5, max: 3000 }), fc.integer({ min: 60, max: 70 })),
    seq: fc.option(fc.integer({ min: 0, max: 4095 }), { nil: undefined }),
    direction: fc.constantFrom('to' as const, 'from' as const),
    source: fc.constantFrom('0200000000aa', '0200000000ab', '0200000000ac'),
    bssid: fc.constantFrom('0200000000ba', '0200000000bb'),
  });

  it('never throws and never comes to a result', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { minLength: 100, maxLength: 600 }), frames => {
        expect(decode(frames).status).not.toBe('complete');
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});
