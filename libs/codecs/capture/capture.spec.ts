// Captures in every form that is understood, cut off and damaged ones, and noise.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Frame } from '#codecs/airkiss';
import { dataFrame, ethernet, pcap, pcapng, type Written, withRadiotap } from './capture.contract.js';
import { CaptureReader, isCapture } from './index.js';

const frames: Frame[] = [
  {
    length: 77,
    seq: 4095,
    direction: 'from',
    source: '4c49e31a12cf',
    bssid: '94d9b3f38447',
    destination: 'ffffffffffff',
  },
  {
    length: 90,
    seq: 17,
    direction: 'to',
    source: '4c49e31a12cf',
    bssid: '94d9b3f38447',
    destination: 'ffffffffffff',
  },
];

function read(file: Uint8Array, piece = file.length) {
  const reader = new CaptureReader();
  const captured = [];
  for (let at = 0; at < file.length; at += piece)
    captured.push(...reader.push(file.subarray(at, at + piece)));
  return { reader, captured };
}

const files = { pcap, pcapng } as const;
const bare = frames.map(dataFrame);
const radio = bare.map(frame => withRadiotap(frame));

describe.each(Object.entries(files))('a %s file', (_, write) => {
  it.each([
    ['bare 802.11', 105, bare],
    ['radiotap', 127, radio],
  ] as const)('with %s gives its frames without headers and checksum', (_, linkType, packets) => {
    const { captured, reader } = read(write(linkType, packets));
    expect(captured).toEqual(frames.map(frame => ({ kind: 'frame', frame })));
    expect(reader).toMatchObject({ fault: undefined, isCutOff: false });
  });

  it('with Ethernet gives the length of the UDP payload, though small frames are padded', () => {
    const { captured } = read(
      write(
        1,
        [1, 2, 3, 4, 300].map(length => ethernet(length, '021122334455')),
      ),
    );
    expect(captured).toMatchObject(
      [1, 2, 3, 4, 300].map(length => ({ frame: { length, source: '021122334455' } })),
    );
  });

  it('says the same whatever the pieces in which it comes', () => {
    const file = write(127, radio);
    for (let piece = 1; piece < 40; piece++) expect(read(file, piece).captured).toEqual(read(file).captured);
  });

  it('that was cut off gives what is whole, and says so', () => {
    const file = write(127, radio);
    const { captured, reader } = read(file.subarray(0, file.length - 3));
    expect(captured).toHaveLength(1);
    expect(reader.isCutOff).toBe(true);
  });

  it('tells when the radio changes its channel', () => {
    const packets = bare.map((frame, index) => withRadiotap(frame, 2412 + 5 * index));
    expect(read(write(127, packets)).captured.map(({ kind }) => kind)).toEqual([
      'frame',
      'channel-change',
      'frame',
    ]);
  });

  it('leaves out frames whose checksum was wrong, and what is no data', () => {
    const broken = bare.map(frame => withRadiotap(frame, 2437, 0x50));
    const beacon: Written = { bytes: [0x80, 0, ...Array.from({ length: 30 }, () => 0)], originalLength: 100 };
    expect(read(write(127, broken)).captured).toEqual([]);
    expect(read(write(105, [beacon])).captured).toEqual([]);
  });

  it('with a link type that says nothing about AirKiss names it', () => {
    const { captured, reader } = read(write(228, bare));
    expect({ captured, unknown: [...reader.unknownLinkTypes] }).toEqual({ captured: [], unknown: [228] });
  });
});

describe('what is no capture', () => {
  it('is told from one by its first bytes', () => {
    expect(isCapture(pcap(127, []))).toBe(true);
    expect(isCapture(pcapng(127, []))).toBe(true);
    expect(isCapture(new TextEncoder().encode('94 2032 from'))).toBe(false);
    expect(read(new TextEncoder().encode('94 2032 from')).reader.fault).toBe('not-a-capture');
  });

  it('never makes the reader throw, however it is damaged', () => {
    const noise = fc.tuple(
      fc.constantFrom(pcap(127, radio), pcapng(127, radio), pcap(1, [ethernet(4, '021122334455')])),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 12 }),
    );
    fc.assert(
      fc.property(noise, ([file, changes]) => {
        const damaged = file.slice();
        for (const [at, byte] of changes) if (at >= 4 && at < damaged.length) damaged[at] = byte;
        const { captured } = read(damaged, 13);
        expect(Array.isArray(captured)).toBe(true);
      }),
      { numRuns: 500, seed: 9 },
    );
  });
});
