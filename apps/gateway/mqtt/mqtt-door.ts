// The door for devices and applications: from an MQTT topic to a use case, and from what became of it to an answer.
import { Injectable, Logger } from '@nestjs/common';
import {
  type Admission,
  BrokerPolicy,
  type BrokerSession,
  type Identity,
  type Login,
  type Packet,
  type Way,
  wayOf,
} from '#adapters/broker';
import { isDownward, isUpward, parseTopic } from '#codecs/wire';
import { Contests } from '#domain/intake';
import { ApplicationCommands } from './application-commands.js';
import { Briefing } from './briefing.js';
import { DeviceWays } from './device-ways.js';
import { Identities } from './identities.js';
import { Renewals } from './renewals.js';
import { mayHear, maySay } from './topic-rules.js';

const stranger: Admission = { admitted: false, reason: 'credentials' };

@Injectable()
export class MqttDoor extends BrokerPolicy {
  private readonly logger = new Logger('MqttDoor');

  constructor(
    private readonly identities: Identities,
    private readonly commands: ApplicationCommands,
    private readonly devices: DeviceWays,
    private readonly briefing: Briefing,
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

  way({ identity }: BrokerSession, topic: string): Way | null {
    const parsed = maySay(identity, topic) ? parseTopic(topic) : null;
    if (parsed === null) return null;
    const { deviceId, kind } = parsed;
    if (identity.kind === 'application') {
      const { applicationId } = identity;
      return wayOf(({ payload }) => this.commands.receive(applicationId, deviceId, payload));
    }
    if (!isUpward(kind)) return null;
    return identity.isRenewing ? wayOf(() => this.renewals.putOff()) : this.devices.of({ deviceId, kind });
  }

  maySubscribe(session: BrokerSession, filter: string): boolean {
    return mayHear(session.identity, filter);
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
}
