// The use case: send the credentials until the devices that are waited for have answered, or time is up.
import { randomInt } from 'node:crypto';
import { encode, type Phase, transmit } from '#codecs/airkiss';
import type { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import type { Air, Datagram, Pacing } from './air.js';
import { type Introduction, Introductions } from './introduction.js';
import { type JoinedDevice, JoinedDevices } from './joined-devices.js';
import type { Lan } from './lan.js';
import {
  type CompleteRequest,
  completed,
  credentialsOf,
  faultIn,
  type ProvisioningRequest,
} from './request.js';

/** What happens meanwhile. */
export type ProvisioningEvent =
  | {
      readonly kind: 'sending';
      readonly phase: Phase;
      readonly cycle: number;
      readonly round: number;
      readonly atMs: number;
    }
  | { readonly kind: 'joined'; readonly device: JoinedDevice; readonly afterMs: number };

/** A device that joined, and what it said about itself if it did. */
export type IntroducedDevice = JoinedDevice & Partial<Introduction>;

export interface ProvisioningResult {
  readonly ended: 'all-joined' | 'deadline' | 'stopped';
  readonly joined: readonly IntroducedDevice[];
  readonly random: number;
  readonly pacing: Pacing;
  readonly tookMs: number;
}

export interface ProvisioningWatch {
  readonly onEvent?: (event: ProvisioningEvent) => void;
  /** Stops it before its time. */
  readonly signal?: AbortSignal;
}

/** Puts devices on the Wi-Fi. */
export class Provisioning {
  constructor(
    private readonly air: Air,
    private readonly clock: Clock,
    /** Needed for introductions alone. */
    private readonly lan?: Lan,
    private readonly drawRandom: () => number = () => randomInt(1, 128),
  ) {}

  /** Throws DomainError for a request that cannot be sent (see `faultIn`) and where the air cannot be opened. */
  async run(
    request: ProvisioningRequest,
    { onEvent, signal }: ProvisioningWatch = {},
  ): Promise<ProvisioningResult> {
    const fault = faultIn(request);
    if (fault) throw new DomainError(fault.code, { detail: fault.sentence });
    const asked = completed(request);
    const random = asked.random ?? this.drawRandom();
    const devices = new JoinedDevices(random);
    const allJoined = new AbortController();
    const introductions = this.introductions(asked, signal);
    const startMs = this.clock.now();
    const passedMs = () => this.clock.now() - startMs;
    const link = await this.air.open({
      targets: asked.targets,
      ackPort: asked.ackPort,
      onAnswer: answer => {
        const device = devices.hear(answer);
        if (device) {
          onEvent?.({ kind: 'joined', device, afterMs: passedMs() });
          introductions?.begin(device.address);
        }
        if (devices.list.length >= (asked.expected ?? Number.POSITIVE_INFINITY)) allJoined.abort();
      },
    });
    try {
      const end = AbortSignal.any([allJoined.signal, ...(signal ? [signal] : [])]);
      const pacing = await link.play(this.datagrams(asked, random, passedMs, onEvent), end);
      await link.linger(asked.deadlineMs - passedMs(), end);
      const ended = allJoined.signal.aborted ? 'all-joined' : signal?.aborted ? 'stopped' : 'deadline';
      await introductions?.settled();
      const joined = devices.list.map(device => ({ ...device, ...introductions?.of(device.address) }));
      return { ended, joined, random, pacing, tookMs: passedMs() };
    } finally {
      await link.close();
    }
  }

  private introductions(
    { introduction }: CompleteRequest,
    signal: AbortSignal | undefined,
  ): Introductions | undefined {
    if (!this.lan || !introduction) return undefined;
    return new Introductions(this.lan, introduction, signal ?? new AbortController().signal);
  }

  private *datagrams(
    request: CompleteRequest,
    random: number,
    passedMs: () => number,
    onEvent: ProvisioningWatch['onEvent'],
  ): Generator<Datagram> {
    const { schedule, ports, deadlineMs } = request;
    let last = '';
    for (const { length, atMs, phase, cycle, round } of transmit(
      encode(credentialsOf(request, random)),
      schedule,
    )) {
      if (atMs >= deadlineMs || passedMs() >= deadlineMs) return;
      const pass = `${cycle} ${phase} ${round}`;
      if (pass !== last) onEvent?.({ kind: 'sending', phase, cycle, round, atMs });
      last = pass;
      yield { length, port: ports[round % ports.length] ?? ports[0], atMs };
    }
  }
}
