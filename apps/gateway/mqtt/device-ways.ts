// The way of what a device says: read, taken in, and answered by what became of it.
import { Injectable, Logger } from '@nestjs/common';
import type { Answer, Packet, Way } from '#adapters/broker';
import { type Decoded, decodeUpward, type UpwardKind } from '#codecs/wire';
import { Clock } from '#domain/clock';
import { DeviceLink } from '#domain/devices';
import {
  type BrokerChange,
  type DeviceMessage,
  Intake,
  Pictures,
  type Answer as Taken,
  Watches,
} from '#domain/intake';
import { claimedStamp } from './claimed-stamp.js';

const keptOfDeadLetter = 1024;
const longestDetail = 500;

/** Whose messages of which kind. */
interface Said {
  readonly deviceId: string;
  readonly kind: UpwardKind;
}

type Fault = Extract<Decoded, { ok: false }>;

@Injectable()
export class DeviceWays {
  private readonly logger = new Logger('MqttDoor');

  constructor(
    private readonly intake: Intake,
    private readonly pictures: Pictures,
    private readonly link: DeviceLink,
    private readonly watches: Watches,
    private readonly clock: Clock,
  ) {}

  of(said: Said): Way {
    return { take: (packet, changes, answer) => this.take(said, packet, changes, answer) };
  }

  private take(
    said: Said,
    { payload, dup: isResent }: Packet,
    changes: readonly BrokerChange[],
    answer: Answer,
  ): void {
    const { deviceId, kind } = said;
    const receivedAt = this.clock.now();
    const decoded = this.decode(kind, payload);
    if (decoded.ok) {
      const heard: DeviceMessage = {
        deviceId,
        message: decoded.message,
        receivedAt,
        isResent,
        changes: changes.length > 0 ? changes : undefined,
      };
      // All but the picture reach the intake at once, in the device's order.
      if (kind === 'snapshot') this.keepPicture(said, heard, payload, answer);
      else
        this.intake.hear({ kind: 'message', said: heard }, taken => this.reply(said, taken, payload, answer));
    } else this.turnAway(said, payload, decoded, receivedAt, answer);
  }

  private keepPicture(said: Said, heard: DeviceMessage, payload: Uint8Array, answer: Answer): void {
    const { deviceId } = said;
    // A camera waits for room on the disk: its hub's alarms do not.
    const waits = (fault: unknown) => {
      this.logger.warn({ event: 'mqtt-picture-waits', deviceId, fault: String(fault) });
      answer('aside');
    };
    this.pictures.receive(heard, waits).then(
      taken => (taken ? this.reply(said, taken, payload, answer) : answer('put-off')),
      error => this.reply(said, { kind: 'refused', error }, payload, answer),
    );
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
  private reply({ deviceId, kind: about }: Said, taken: Taken, payload: Uint8Array, answer: Answer): void {
    if (taken.kind === 'refused') {
      answer('unavailable', taken.error);
      return;
    }
    if (this.watches.isWatched(deviceId))
      this.watches.tell(deviceId, { what: 'decision', outcome: taken.kind, kind: about });
    if (taken.kind === 'condemned') this.sayCondemned(deviceId, about, taken.error, payload);
    answer(taken.kind === 'condemned' ? 'malformed' : 'stored');
  }

  private sayCondemned(deviceId: string, about: UpwardKind, fault: unknown, payload: Uint8Array): void {
    this.logger.error({ event: 'mqtt-condemned', deviceId, kind: about, err: fault });
    const error = { code: 'malformed', detail: 'the gateway cannot take this message' } as const;
    this.link.tell(deviceId, { kind: 'reply', body: { about, ...claimedStamp(payload), error } });
  }

  /** Kept as a dead letter, and acknowledged: refused by silence it would come back for ever. */
  private turnAway(
    { deviceId, kind: about }: Said,
    payload: Uint8Array,
    fault: Fault,
    at: number,
    answer: Answer,
  ): void {
    const { code } = fault;
    const detail = fault.detail.slice(0, longestDetail);
    const bytes = payload.length;
    this.logger.warn({ event: 'mqtt-malformed', deviceId, kind: about, code, detail, bytes });
    const kept = new Uint8Array(payload.subarray(0, keptOfDeadLetter));
    const letter = { deviceId, kind: about, reason: detail, payload: kept, bytes, at };
    this.intake.hear({ kind: 'malformed', letter }, taken => {
      if (taken.kind === 'refused') {
        answer('unavailable', taken.error);
        return;
      }
      this.watches.tell(deviceId, { what: 'decision', outcome: 'malformed', kind: about, detail });
      const body = { about, ...claimedStamp(payload), error: { code, detail } };
      this.link.tell(deviceId, { kind: 'reply', body });
      answer('malformed');
    });
  }
}
