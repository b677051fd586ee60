// The packets that a client may send: their fixed header, and the form of what follows (MQTT 3.1.1 table 2.1, §2.2.2).
import type { Clause } from './clauses.js';
import { connect } from './connect-form.js';
import { acknowledgement, type Body, type Form, nothing, publish, subscribe, unsubscribe } from './forms.js';

export const packetType = {
  connect: 1,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
} as const;

interface Kind {
  /** What the four flag bits break. */
  readonly flags: (flags: number) => Clause | null;
  readonly form: (body: Body) => Form;
}

const always = (value: number, clause: Clause) => (flags: number) => (flags === value ? null : clause);
const plain = always(0, 'MQTT-2.2.2-2');

const kinds: Partial<Record<number, Kind>> = {
  [packetType.connect]: { flags: plain, form: connect },
  [packetType.publish]: { flags: publishFlags, form: publish },
  [packetType.puback]: { flags: plain, form: acknowledgement },
  [packetType.pubrec]: { flags: plain, form: acknowledgement },
  [packetType.pubrel]: { flags: always(2, 'MQTT-3.6.1-1'), form: acknowledgement },
  [packetType.pubcomp]: { flags: plain, form: acknowledgement },
  [packetType.subscribe]: { flags: always(2, 'MQTT-3.8.1-1'), form: subscribe },
  [packetType.unsubscribe]: { flags: always(2, 'MQTT-3.10.1-1'), form: unsubscribe },
  [packetType.pingreq]: { flags: plain, form: nothing },
  [packetType.disconnect]: { flags: always(0, 'MQTT-3.14.1-1'), form: nothing },
};

/** What the first byte alone breaks. */
export function brokenByFlags(type: number, flags: number): Clause | null {
  const kind = kinds[type];
  return kind ? kind.flags(flags) : 'MQTT-2.2.1';
}

/** PUBACK, PUBREC, PUBREL or PUBCOMP. */
export function isAcknowledgement(type: number): boolean {
  return type >= packetType.puback && type <= packetType.pubcomp;
}

/** Of a type that a client may send. */
export function formOf(type: number): (body: Body) => Form {
  return kinds[type]?.form ?? nothing;
}

function publishFlags(flags: number): Clause | null {
  const qos = (flags >> 1) & 3;
  if (qos === 3) return 'MQTT-3.3.1-4';
  return qos === 0 && (flags & 8) !== 0 ? 'MQTT-3.3.1-2' : null;
}
