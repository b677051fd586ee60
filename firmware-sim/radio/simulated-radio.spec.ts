// Does the simulated air do what it was asked to, as often as it was asked to, and the same again for a seed?
import { describe, expect, it } from '@jest/globals';
import { AirKissDecoder, encode, type Frame, SCHEDULES, transmit } from '#codecs/airkiss';
import { type RadioOptions, SimulatedRadio } from './index.js';

const PACKETS = 20_000;
const overhead = { to: 50, from: 60 };

/** What is heard of each packet, for packets whose lengths tell them apart. */
function heard(options: Omit<RadioOptions, 'seed'>, seed = 1, packets = PACKETS) {
  const radio = new SimulatedRadio({ overhead, ...options, seed });
  const frames = Array.from({ length: packets }, (_, packet) => radio.send(1 + (packet % 500)));
  return { radio, frames: [...frames, radio.flush()] };
}

const own = ({ radio, frames }: ReturnType<typeof heard>): Frame[] =>
  frames.flat().filter(({ source }) => source === radio.source);

/** Whether a share of so many is what a chance gives, within four standard deviations. */
function expectShare(found: number, of: number, chance: number): void {
  const deviation = Math.sqrt(chance * (1 - chance) * of);
  expect(Math.abs(found - chance * of)).toBeLessThanOrEqual(4 * deviation);
}

const stepsOf = (frames: readonly Frame[]): number[] =>
  frames.slice(1).map(({ seq = 0 }, index) => (seq - (frames[index]?.seq ?? 0) + 4096) % 4096);

const everything = {
  loss: 0.3,
  burst: { begin: 0.02, end: 0.1 },
  copies: 'both',
  sequenceGaps: 0.1,
  repeats: 0.1,
  reordering: 0.1,
  foreign: 0.7,
  strays: 0.02,
} as const;

describe('the simulated radio', () => {
  it('gives the same air for the same seed, and another for another', () => {
    const air = (seed: number) => heard(everything, seed, 500).frames;
    expect(air(7)).toEqual(air(7));
    expect(air(8)).not.toEqual(air(7));
  });

  it('hears every packet once, in its order and with its number, when nothing is wrong', () => {
    const frames = own(heard({}));
    expect(frames.map(({ length }) => length - overhead.from)).toEqual(
      Array.from({ length: PACKETS }, (_, packet) => 1 + (packet % 500)),
    );
    expect(new Set(stepsOf(frames))).toEqual(new Set([1]));
  });

  it.each([0.1, 0.5, 0.9])('loses %d of the frames, each for itself', loss => {
    const run = heard({ loss });
    const flags = run.frames.slice(0, PACKETS).map(frames => frames.length === 0);
    expectShare(flags.filter(Boolean).length, PACKETS, loss);
    // Independent: a loss after a loss is no likelier than any other.
    const after = flags.filter((_, packet) => flags[packet - 1]);
    expectShare(after.filter(Boolean).length, after.length, loss);
  });

  it('loses in bursts of the length asked for, with good air between them', () => {
    const burst = { begin: 0.01, end: 0.05 };
    const { frames } = heard({ burst });
    const flags = frames.slice(0, PACKETS).map(each => each.length === 0);
    const lost = flags.filter(Boolean).length;
    // In the long run a share begin / (begin + end) of the air is bad, and 95 % of it lost.
    expect(lost / PACKETS).toBeGreaterThan(0.8 * 0.95 * (1 / 6));
    expect(lost / PACKETS).toBeLessThan(1.2 * 0.95 * (1 / 6));
    const after = flags.filter((_, packet) => flags[packet - 1]);
    expectShare(after.filter(Boolean).length, after.length, 0.95 * 0.95);
  });

  it('leaves out numbers of the access point, and none of the phone', () => {
    const run = heard({ sequenceGaps: 0.2, copies: 'both' });
    const steps = (direction: Frame['direction']) =>
      stepsOf(own(run).filter(frame => frame.direction === direction));
    expect(new Set(steps('to'))).toEqual(new Set([1]));
    expect(new Set(steps('from'))).toEqual(new Set([1, 2]));
    expectShare(steps('from').filter(step => step === 2).length, PACKETS - 1, 0.2);
  });

  it('repeats frames with the same number and length', () => {
    const frames = own(heard({ repeats: 0.1 }));
    const repeated = frames.filter((frame, index) => frame.seq === frames[index - 1]?.seq);
    expectShare(repeated.length, PACKETS, 0.1);
    for (const [index, frame] of frames.entries())
      if (frame.seq === frames[index - 1]?.seq) expect(frame).toEqual(frames[index - 1]);
  });

  it('changes the places of neighbours, and loses none by it', () => {
    const frames = own(heard({ reordering: 0.1 }));
    expect(frames).toHaveLength(PACKETS);
    const steps = stepsOf(frames);
    expect(new Set(steps)).toEqual(new Set([1, 2, 3, 4095]));
    // A frame is held back only while none is, so that somewhat fewer change places than were asked to.
    expectShare(steps.filter(step => step === 4095).length, PACKETS, 0.1 / 1.1);
  });

  it('gives both copies of a packet, from two counters, with losses of their own', () => {
    const run = heard({ copies: 'both', loss: 0.4 });
    const copies = run.frames.slice(0, PACKETS).map(frames => ({
      to: frames.some(({ direction }) => direction === 'to'),
      from: frames.some(({ direction }) => direction === 'from'),
    }));
    const lost = (direction: 'to' | 'from') => copies.filter(packet => !packet[direction]).length;
    expectShare(lost('to'), PACKETS, 0.4);
    expectShare(lost('from'), PACKETS, 0.4);
    expectShare(copies.filter(({ to, from }) => !to && !from).length, PACKETS, 0.16);
    for (const frame of own(run).slice(0, 200))
      expect(frame).toMatchObject({ source: run.radio.source, bssid: run.radio.bssid });
  });

  it('adds frames of others, half of them in the same cell, each sender with its own numbers', () => {
    const run = heard({ foreign: 1.3 });
    const others = run.frames.flat().filter(({ source }) => source !== run.radio.source);
    expectShare(others.length - PACKETS, PACKETS, 0.3);
    const sources = [...new Set(others.map(({ source }) => source))];
    expect(sources).toHaveLength(6);
    for (const source of sources)
      expect(new Set(stepsOf(others.filter(frame => frame.source === source)))).toEqual(new Set([1]));
    expectShare(others.filter(({ bssid }) => bssid === run.radio.bssid).length, others.length, 0.5);
    expect(own(run)).toHaveLength(PACKETS);
  });

  it('gives packets lengths that nobody sent, as often as asked', () => {
    const frames = own(heard({ strays: 0.01 }));
    const strays = frames.filter(({ length }, packet) => length - overhead.from !== 1 + (packet % 500));
    expectShare(strays.length, PACKETS, 0.01 * (1 - 1 / 511));
  });

  it('knows no numbers where the capture has none', () => {
    for (const frame of own(heard({ numbered: false, foreign: 0.5 }, 1, 100)))
      expect(frame).not.toHaveProperty('seq');
  });
});

describe('a device in air that is bad in every way', () => {
  const text = (value: string) => new TextEncoder().encode(value);
  const credentials = { ssid: text('我的家'), password: text('secretpass'), random: 90 };

  it.each(Array.from({ length: 20 }, (_, seed) => [seed + 1]))(
    'understands the phone all the same: seed %i',
    seed => {
      const radio = new SimulatedRadio({ ...everything, seed });
      const decoder = new AirKissDecoder();
      for (const { length } of transmit(encode(credentials), SCHEDULES.adaptive))
        for (const frame of radio.send(length)) decoder.push(frame);
      expect(decoder.state).toMatchObject({ status: 'complete', ...credentials });
    },
  );
});
