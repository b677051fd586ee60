// What a client may answer to a message that it was sent (MQTT 3.1.1 §4.3.2, §4.3.3).
import { breach, type Objection } from './objection.js';
import { packetType } from './packet-types.js';

/** What the message under a packet identifier waits for; null when none does, which is no client's fault. */
export type Awaited = 'puback' | 'pubrec' | 'pubcomp' | null;

export function objectionToAnswer(type: number, awaited: Awaited): Objection | null {
  switch (awaited) {
    case null:
      return null;
    case 'puback':
      return type === packetType.puback ? null : breach('MQTT-4.3.2-2');
    case 'pubrec':
      return type === packetType.pubrec ? null : breach('MQTT-4.3.3-2');
    case 'pubcomp':
      // The PUBREC comes again when the PUBREL was lost with its connection.
      return type === packetType.puback ? breach('MQTT-4.3.3-2') : null;
    default:
      return awaited satisfies never;
  }
}
