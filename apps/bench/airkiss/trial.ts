// One provisioning over simulated air, heard at the same time by every decoder that is measured.
import {
  AirKissDecoder,
  type AirKissProgram,
  type Credentials,
  encode,
  type Frame,
  type Schedule,
  transmit,
} from '#codecs/airkiss';
import { type Impairments, SimulatedRadio } from '#firmware-sim';
import { Bound } from './bound.js';
import { WholeGroupDecoder } from './whole-group-decoder.js';

/** When a decoder was done, and whether what it said was right. */
export interface Outcome {
  /** Milliseconds since the first datagram; undefined when the schedule ended first. */
  readonly doneMs: number | undefined;
  readonly right: boolean;
}

export interface Trial {
  readonly credentials: Credentials;
  readonly schedule: Schedule;
  readonly air: Impairments;
  readonly seed: number;
}

export type Contestant = 'airbind' | 'whole-group' | 'bound';

/** Runs one provisioning until everyone is done or the schedule ends. */
export function runTrial<C extends Contestant>(trial: Trial, contestants: readonly C[]): Record<C, Outcome> {
  const { credentials, schedule, air, seed } = trial;
  const program = encode(credentials);
  const radio = new SimulatedRadio({ ...air, seed });
  const running = new Map(contestants.map(name => [name, listenerFor(name, program, radio.source)]));
  const outcomes = Object.fromEntries(
    contestants.map(name => [name, { doneMs: undefined, right: false }]),
  ) as Record<C, Outcome>;
  for (const transmission of transmit(program, schedule)) {
    const frames = radio.send(transmission.length);
    for (const [name, listener] of running) {
      const heard = listener(frames, transmission.phase === 'data' ? transmission.position : undefined);
      if (heard === undefined) continue;
      outcomes[name] = { doneMs: transmission.atMs, right: heard === 'all' || sameAs(credentials, heard) };
      running.delete(name);
    }
    if (running.size === 0) break;
  }
  return outcomes;
}

type Hear = (frames: readonly Frame[], dataPosition: number | undefined) => Credentials | 'all' | undefined;

function listenerFor(name: Contestant, program: AirKissProgram, source: string): Hear {
  switch (name) {
    case 'airbind':
      return hearWith(new AirKissDecoder());
    case 'whole-group': {
      const decoder = new WholeGroupDecoder(source);
      return frames =>
        frames.reduce<Credentials | undefined>((done, frame) => done ?? decoder.push(frame), undefined);
    }
    case 'bound': {
      const bound = new Bound(program, source);
      return (frames, position) => bound.hear(frames, position);
    }
  }
}

function hearWith(decoder: AirKissDecoder): Hear {
  return frames => {
    for (const frame of frames) {
      const state = decoder.push(frame);
      if (state.status === 'complete') return state;
    }
    return undefined;
  };
}

function sameAs(sent: Credentials, heard: Credentials): boolean {
  return (
    sent.random === heard.random &&
    Buffer.compare(sent.ssid, heard.ssid) === 0 &&
    Buffer.compare(sent.password, heard.password) === 0
  );
}
