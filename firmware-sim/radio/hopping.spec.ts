// A device that hops over 13 channels finds the phone, whichever channel it begins with and whatever the schedule.
import { describe, expect, it } from '@jest/globals';
import { AirKissDecoder, encode, SCHEDULES, type ScheduleName, transmit } from '#codecs/airkiss';
import { isTunedIn, SimulatedRadio } from './index.js';

const text = (value: string) => new TextEncoder().encode(value);
const credentials = { ssid: text('HomeNet-2G'), password: text('secretpass'), random: 90 };

/** Hops until the base is found, as devices do, and then stays. */
function hear(schedule: ScheduleName, startAt: number, offsetMs: number) {
  const radio = new SimulatedRadio({ seed: startAt, loss: 0.2 });
  const decoder = new AirKissDecoder();
  for (const { length, atMs } of transmit(encode(credentials), SCHEDULES[schedule])) {
    const frames = radio.send(length);
    const isHere =
      decoder.state.status !== 'searching' ||
      isTunedIn({ channel: 6, dwellMs: 100, startAt }, atMs + offsetMs);
    if (isHere) for (const frame of frames) decoder.push(frame);
    if (decoder.state.status === 'complete') break;
  }
  return decoder.state;
}

describe.each(['wechat', 'adaptive'] as const)('a device that hops, with the schedule %s', schedule => {
  it.each(Array.from({ length: 13 }, (_, index) => [index + 1]))(
    'joins when it begins on channel %i, at any time before its next hop',
    startAt => {
      for (const offsetMs of [0, 30, 60, 90])
        expect(hear(schedule, startAt, offsetMs)).toMatchObject({ status: 'complete', ...credentials });
    },
  );
});
