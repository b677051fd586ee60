// The door for devices and applications: from an MQTT topic to a use case, and from what became of it to an answer.
import { Injectable, Logger } from '@nestjs/common';
import {
  type Admission,
  BrokerPolicy,
  type BrokerSession,
  type Identity,
  type Login,
  type Packet,
  type Verdict,
} from '#adapters/broker';
import { type Decoded, decodeUpward, isDownward, isUpward, parseTopic, type UpwardKind } from '#codecs/wire';
import { Clock } from '#domain/clock';
import { DeviceLink } from '#domain/devices';
import {
  type BrokerChange,
  Contests,
  type DeviceMessage,
  Intake,
  Pictures,
  type Taken,
  Watches,
} from '#domain/intake';
import { ApplicationCommands } from './application-commands.js';
import { Briefing } from './briefing.js';
import { claimedStamp } from './claimed-stamp.js';
import { Identities } from './identities.js';
import { Renewals } from './renewals.js';
import { mayHear, maySay } from './topic-rules.js';

const stranger: Admission = { admitted: false, reason: 'credentials' };
const keptOfDeadLetter = 1024;
const longestDetail = 500;

@Injectable()
export class MqttDoor extends BrokerPolicy {
  private readonly logger = new Logger('MqttDoor');

  /** What each kind of message is for. All but the picture reach the intake at once, in the device's order. */
  private readonly uses: Readonly<Record<UpwardKind, (message: DeviceMessage) => Promise<Taken>>> = {
    telemetry: message => this.intake.receive(message),
    event: message => this.intake.receive(message),
    status: message => this.intake.receive(message),
    info: message => this.intake.receive(message),
    reply: message => this.intake.receive(message),
    snapshot: message =>
      this.pictures.receive(message, fault => {
        const { deviceId } = message;
        this.logger.warn({ event: 'mqtt-picture-waits', deviceId, fault: String(fault) });
      }),
  };

  constructor(
    private readonly identities: Identities,
    private readonly commands: ApplicationCommands,
    private readonly pictures: Pictures,
    private readonly intake: Intake,
    private readonly link: DeviceLink,
    private readonly briefing: Briefing,
    private readonly clock: Clock,
    private readonly watches: Watches,
    private readonly contests: Contests,
    private readonly renewals: Renewals,
  ) {
    super();
  }

  async authenticate(login: Login): Promise<Admission> {
    const identity = await this.identities.of(login);
    return identity === null ? stranger : { admitted: true, identity };
  }

  /** An application's shows in the log alone: there is no device whose people could be told. */
  contested(identity: Identity): void {
    if (identity.kind !== 'device') return;
    const { deviceId } = identity;
    this.contests.note(deviceId).catch(fault => {
      this.logger.error({ event: 'mqtt-contest-untold', deviceId, fault: String(fault) });
    });
  }

  mayPublish(session: BrokerSession, topic: string): boolean {
    return maySay(session.identity, topic);
  }

  maySubscribe(session: BrokerSession, filter: string): boolean {
    return mayHear(session.identity, filter);
  }

  receive({ identity }: BrokerSession, packet: Packet, changes: readonly BrokerChange[]): Promise<Verdict> {
    const topic = parseTopic(packet.topic);
    if (topic && identity.kind === 'application') {
      return this.commands.receive(identity.applicationId, topic.deviceId, packet.payload);
    }
    if (!topic || !isUpward(topic.kind)) return Promise.resolve('forbidden');
    if (identity.kind === 'device' && identity.isRenewing) return this.renewals.putOff();
    const receivedAt = this.clock.now();
    const { deviceId, kind } = topic;
    const decoded = this.decode(kind, packet.payload);
    if (!decoded.ok) return this.turnAway(deviceId, kind, packet.payload, decoded, receivedAt);
    const message = {
      deviceId,
      message: decoded.message,
      receivedAt,
      ...(changes.length > 0 && { changes }),
    };
    return this.uses[kind](message).then(taken => this.verdictOn(taken, deviceId, kind, packet.payload));
  }

  subscribed(session: BrokerSession, filter: string): void {
    const { identity } = session;
    const topic = identity.kind === 'device' ? parseTopic(filter) : null;
    if (!topic || !isDownward(topic.kind)) return;
    const { deviceId, kind } = topic;
    if (identity.kind === 'device' && identity.isRenewing) {
      if (deviceId !== identity.deviceId || kind !== 'command') return;
      this.renewals.hand(deviceId, session).catch(fault => {
        this.logger.error({ event: 'mqtt-renewal-failed', deviceId, fault: String(fault) });
      });
      return;
    }
    this.briefing.brief(deviceId, kind).catch(fault => {
      this.logger.error({ event: 'mqtt-briefing-failed', deviceId, kind, fault: String(fault) });
    });
  }

  /** A will may say that its device is gone, and nothing else. */
  gone(_session: BrokerSession, will: Packet | null): Packet | null {
    return will && parseTopic(will.topic)?.kind === 'status' ? will : null;
  }

  /** A fault in our own reading is the message's fate, and nobody else's. */
  private decode(kind: UpwardKind, payload: Uint8Array): Decoded {
    try {
      return decodeUpward(kind, payload);
    } catch (fault) {
      this.logger.error({ event: 'mqtt-decoder-failed', kind, fault: String(fault) });
      return { ok: false, code: 'malformed', detail: 'the message cannot be read' };
    }
  }

  /** What the intake could not take stands among the dead letters already; its device is told, and sends it no more. */
  private verdictOn(taken: Taken, deviceId: string, about: UpwardKind, payload: Uint8Array): Verdict {
    this.watches.tell(deviceId, { what: 'decision', outcome: taken.kind, kind: about });
    if (taken.kind !== 'condemned') return 'stored';
    this.logger.error({ event: 'mqtt-condemned', deviceId, kind: about, err: taken.error });
    const error = { code: 'malformed', detail: 'the gateway cannot take this message' } as const;
    this.link.tell(deviceId, { kind: 'reply', body: { about, ...claimedStamp(payload), error } });
    return 'malformed';
  }

  /** Kept as a dead letter, and acknowledged: refused by silence it would come back for ever. */
  private async turnAway(
    deviceId: string,
    about: UpwardKind,
    payload: Uint8Array,
    fault: Extract<Decoded, { ok: false }>,
    at: number,
  ): Promise<Verdict> {
    const detail = fault.detail.slice(0, longestDetail);
    const bytes = payload.length;
    this.logger.warn({ event: 'mqtt-malformed', deviceId, kind: about, code: fault.code, detail, bytes });
    const kept = new Uint8Array(payload.subarray(0, keptOfDeadLetter));
    await this.intake.malformed({ deviceId, kind: about, reason: detail, payload: kept, bytes, at });
    this.watches.tell(deviceId, { what: 'decision', outcome: 'malformed', kind: about, detail });
    const body = { about, ...claimedStamp(payload), error: { code: fault.code, detail } };
    this.link.tell(deviceId, { kind: 'reply', body });
    return 'malformed';
  }
}
