// The decoder among several phones and access points, after interruptions, and where checks do not agree.
import { describe, expect, it } from '@jest/globals';
import { PROFILES, SimulatedRadio } from '../../../firmware-sim/radio/index.js';
import {
  AirKissDecoder,
  type AirKissProgram,
  type Credentials,
  encode,
  type Frame,
  SCHEDULES,
  transmit,
} from './index.js';
import { encryptedVectors, plainVectors } from './vectors.contract.js';

const text = (value: string) => new TextEncoder().encode(value);
const home = { ssid: text('HomeNet-2G'), password: text('secretpass'), random: 90 };
const office = { ssid: text('办公室'), password: text('another secret'), random: 17 };

/** What a radio hears of a program, cycle after cycle as the WeChat app sends it. */
function* heardOf(program: AirKissProgram, radio: SimulatedRadio, untilMs = Number.POSITIVE_INFINITY) {
  for (const { length, atMs } of transmit(program, SCHEDULES.wechat)) {
    if (atMs > untilMs) return;
    yield* radio.send(length);
  }
}

const phone = (credentials: Credentials, seed: number, loss = 0.2) =>
  heardOf(encode(credentials), new SimulatedRadio({ seed, loss }));

/** Frames of several phones, in turn. */
function* together(...streams: Iterator<Frame>[]): Generator<Frame> {
  let running = streams;
  while (running.length > 0) {
    const taken = running.map(stream => ({ stream, next: stream.next() }));
    for (const { next } of taken) if (!next.done) yield next.value;
    running = taken.filter(({ next }) => !next.done).map(({ stream }) => stream);
  }
}

function feed(decoder: AirKissDecoder, frames: Iterable<Frame>) {
  for (const frame of frames) if (decoder.push(frame).status === 'complete') break;
  return decoder.state;
}

describe('the vectors through encoder, air and decoder', () => {
  const vectors = [...plainVectors, ...encryptedVectors];

  it.each(vectors.map(({ name, credentials }) => [name, credentials] as const))('%s', (_, credentials) => {
    for (const profile of ['A', 'B', 'C'] as const) {
      const radio = new SimulatedRadio({ ...PROFILES[profile], loss: 0.3, seed: 5 });
      const state = feed(new AirKissDecoder(), heardOf(encode(credentials), radio));
      expect(state).toMatchObject({ status: 'complete', ...credentials, reason: 'checks-agree' });
    }
  });
});

describe('a decoder among several senders', () => {
  it('understands each of them, one after the other', () => {
    const decoder = new AirKissDecoder();
    const frames = together(phone(home, 1), phone(office, 2), phone({ ...home, random: 44 }, 3));
    const randoms: number[] = [];
    for (const frame of frames) {
      const state = decoder.push(frame);
      if (state.status !== 'complete') continue;
      randoms.push(state.random);
      decoder.next();
      if (randoms.length === 3) break;
    }
    expect(randoms.toSorted()).toEqual([17, 44, 90]);
  });

  it('keeps no more than 32 of them, and not at the cost of the one that sends AirKiss', () => {
    const decoder = new AirKissDecoder();
    let most = 0;
    let stranger = 0;
    for (const frame of phone(home, 4)) {
      // Once it has sent its guide, no crowd is large enough to push it out.
      const crowd = decoder.state.status === 'searching' ? 20 : 60;
      for (let each = 0; each < crowd; each++) {
        const source = (stranger++).toString(16).padStart(12, '0');
        decoder.push({ length: 60 + (stranger % 900), seq: 1, direction: 'from', source, bssid: 'b' });
      }
      most = Math.max(most, decoder.heardSenders.length);
      if (decoder.push(frame).status === 'complete') break;
    }
    expect(most).toBe(32);
    expect(decoder.state).toMatchObject({ status: 'complete', ...home });
  });

  it('puts together what several access points relay of one phone, each with a base of its own', () => {
    const lossy = { source: '020000000001', loss: 0.75 };
    const relays = [30, 38, 61].map(
      (overhead, index) =>
        new SimulatedRadio({ ...lossy, seed: index + 1, overhead: { to: overhead, from: overhead } }),
    );
    const decoder = new AirKissDecoder();
    const alone = new AirKissDecoder();
    for (const { length } of transmit(encode(home), SCHEDULES.wechat)) {
      const copies = relays.map(radio => radio.send(length));
      for (const frame of copies.flat()) decoder.push(frame);
      for (const frame of copies[0] ?? []) alone.push(frame);
      if (decoder.state.status === 'complete') break;
    }
    expect(decoder.state).toMatchObject({ status: 'complete', ...home });
    expect(alone.state.status).not.toBe('complete');
    expect(decoder.heardSenders.find(({ source }) => source === lossy.source)?.lockedStreams).toHaveLength(3);
  });
});

describe('a decoder that is interrupted', () => {
  it('follows a phone that starts anew with another password before it was understood', () => {
    const radio = new SimulatedRadio({ seed: 6, loss: 0.2 });
    const decoder = new AirKissDecoder();
    feed(decoder, heardOf(encode(home), radio, 2_900));
    expect(decoder.state).toMatchObject({ status: 'locked', reason: 'missing-symbols' });
    const corrected = { ...home, password: text('the right one') };
    expect(feed(decoder, heardOf(encode(corrected), radio))).toMatchObject({
      status: 'complete',
      ...corrected,
    });
  });

  it('finds another base when the overhead of the same phone changes', () => {
    const decoder = new AirKissDecoder();
    const cell = { source: '020000000001', bssid: '020000000002', loss: 0.2 };
    const before = new SimulatedRadio({ ...cell, seed: 7, overhead: { to: 40, from: 40 } });
    const after = new SimulatedRadio({ ...cell, seed: 8, overhead: { to: 56, from: 56 } });
    feed(decoder, heardOf(encode(home), before, 2_900));
    expect(decoder.state.status).toBe('locked');
    expect(feed(decoder, heardOf(encode(home), after))).toMatchObject({ status: 'complete', ...home });
  });

  it('goes on after its radio was on other channels', () => {
    const radio = new SimulatedRadio({ seed: 9, loss: 0.2 });
    const decoder = new AirKissDecoder();
    let sent = 0;
    for (const { length, atMs } of transmit(encode(home), SCHEDULES.wechat)) {
      const frames = radio.send(length);
      const isAway = atMs > 2_500 && Math.floor(atMs / 100) % 2 === 0;
      if (!isAway) for (const frame of frames) decoder.push(frame);
      if (!isAway && atMs % 200 === 100) decoder.channelChanged();
      sent++;
      if (decoder.state.status === 'complete') break;
    }
    expect(sent).toBeGreaterThan(0);
    expect(decoder.state).toMatchObject({ status: 'complete', ...home });
  });
});

describe('what is withheld', () => {
  const program = encode(home);
  const [first = [], ...others] = program.sequences;
  const [check = 0, ...rest] = first;

  it.each([
    ['awaiting-magic', { ...program, magic: [] }],
    ['awaiting-prefix', { ...program, prefix: program.prefix.with(3, (program.prefix[3] ?? 0) ^ 1) }],
    ['group-check-failed', { ...program, sequences: [[check ^ 1, ...rest], ...others] }],
    ['ssid-check-failed', { ...program, magic: program.magic.with(3, (program.magic[3] ?? 0) ^ 1) }],
    ['missing-symbols', { ...program, sequences: [[...first.slice(0, 5)], ...others] }],
  ] as const)('for ever is what does not agree: %s', (reason, wrong) => {
    const radio = new SimulatedRadio({ seed: 10 });
    expect(feed(new AirKissDecoder(), heardOf(wrong, radio))).toMatchObject({ status: 'locked', reason });
  });

  it('until it was gathered twice is what had a stray among it', () => {
    const radio = new SimulatedRadio({ seed: 12 });
    const decoder = new AirKissDecoder();
    const begun = { data: 0, agreement: 0, complete: 0 };
    for (const { length, phase, round } of transmit(program, SCHEDULES.wechat)) {
      if (phase === 'data' && begun.data++ === 0) for (const frame of radio.send(0x77)) decoder.push(frame);
      for (const frame of radio.send(length)) decoder.push(frame);
      const { state } = decoder;
      if (state.status === 'locked' && state.reason === 'awaiting-agreement') begun.agreement ||= round + 1;
      if (state.status !== 'complete') continue;
      begun.complete = round + 1;
      break;
    }
    expect(begun.agreement).toBeGreaterThan(0);
    expect(begun.complete).toBeGreaterThan(begun.agreement);
    expect(decoder.state).toMatchObject({ status: 'complete', ...home });
  });

  it('is given out with the chance that it is right', () => {
    const state = feed(new AirKissDecoder(), phone(home, 11, 0.5));
    expect(state).toMatchObject({ status: 'complete', ...home });
    expect(state.status === 'complete' && state.confidence).toBeGreaterThan(0.99999);
  });
});
