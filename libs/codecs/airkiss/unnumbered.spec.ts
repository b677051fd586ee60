// Captures without sequence numbers: nothing but the order of lengths tells what was lost between two frames.
import { describe, expect, it } from '@jest/globals';
import { CLEAR, SimulatedRadio } from '../../../firmware-sim/radio/index.js';
import { AirKissDecoder, encode, SCHEDULES, transmit } from './index.js';
import { Travel } from './travel.js';

const text = (value: string) => new TextEncoder().encode(value);
const typical = { ssid: text('HomeNet-2G'), password: text('secretpass') };

function decode(loss: number, seed: number) {
  const radio = new SimulatedRadio({ ...CLEAR, numbered: false, loss, seed });
  const decoder = new AirKissDecoder();
  for (const { length } of transmit(encode({ ...typical, random: 1 + seed }), SCHEDULES.wechat)) {
    for (const frame of radio.send(length)) decoder.push(frame);
    if (decoder.state.status === 'complete') break;
  }
  return decoder.state;
}

describe('a capture without sequence numbers', () => {
  it.each([0, 0.1, 0.2, 0.3, 0.5])('is understood within 42 s at a loss of %d', loss => {
    for (let seed = 0; seed < 4; seed++)
      expect(decode(loss, seed)).toMatchObject({ status: 'complete', ...typical, random: 1 + seed });
  });

  it('tells its loss by the guide', () => {
    const radio = new SimulatedRadio({ ...CLEAR, loss: 0.5, seed: 4, overhead: { to: 0, from: 0 } });
    const travel = new Travel();
    let before: number | undefined;
    for (let sent = 0; sent < 4_000; sent++)
      for (const { length } of radio.send(1 + (sent % 4))) {
        if (before !== undefined) travel.learnFromGuide(before, length);
        before = length;
      }
    const [, [, next = 0] = [], [, later = 0] = []] = travel.kernel({ kind: 'unnumbered' });
    expect(later / next).toBeCloseTo(0.5, 1);
  });
});
