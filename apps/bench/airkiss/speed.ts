// How fast the decoder is, and how much it keeps of a sender.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AirKissDecoder, encode, type Frame, SCHEDULES, transmit } from '#codecs/airkiss';
import { PROFILES, SimulatedRadio } from '#firmware-sim';
import { LENGTHS } from './credentials.js';

export interface Speed {
  /** Frames decoded in a second of one core's time: half of them foreign, the credentials long, half of everything lost. */
  readonly framesPerSecond: number;
  /** Bytes on the heap for one sender in the middle of its data. */
  readonly bytesPerSender: number;
}

const SENDERS = 200;
const UNTIL_MS = 5_500;

function framesHeard(seed: number): Frame[] {
  const radio = new SimulatedRadio({ ...PROFILES.B, loss: 0.5, seed });
  const frames: Frame[] = [];
  for (const { length, atMs } of transmit(encode({ ...LENGTHS.long, random: 77 }), SCHEDULES.wechat)) {
    if (atMs > UNTIL_MS) break;
    frames.push(...radio.send(length));
  }
  return frames;
}

function decode(frames: readonly Frame[]): AirKissDecoder {
  const decoder = new AirKissDecoder();
  for (const frame of frames) decoder.push(frame);
  return decoder;
}

export function measureSpeed(): Speed {
  const streams = Array.from({ length: SENDERS }, (_, seed) => framesHeard(seed));
  for (const frames of streams.slice(0, 20)) decode(frames);
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  // What else runs on the machine takes none of this.
  const begun = process.cpuUsage();
  const decoders = streams.map(decode);
  const { user, system } = process.cpuUsage(begun);
  collect();
  const after = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const frames = streams.reduce((sum, { length }) => sum + length, 0);
  return {
    framesPerSecond: Math.round((frames / (user + system)) * 1e6),
    bytesPerSender: Math.round((after - before) / decoders.length),
  };
}
