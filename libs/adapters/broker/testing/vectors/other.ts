// PINGREQ, DISCONNECT, and types that no client may send (MQTT 3.1.1 §2.2, §3.12, §3.14).
import { endless, packet, word } from '../wire-bytes.js';
import { refused, refusedFirst, taken, type Vector } from './vector.js';

const pingreq = packet(0xc0);
const pingresp = packet(0xd0);
const disconnect = packet(0xe0);

const pings: Vector[] = [
  taken('PINGREQ', pingreq, pingresp),
  taken('two PINGREQ in one piece', Buffer.concat([pingreq, pingreq]), Buffer.concat([pingresp, pingresp])),
  refusedFirst('PINGREQ before any CONNECT', 'MQTT-3.1.0-1', pingreq),
  refused('PINGREQ with a length of five bytes', 'MQTT-2.2.3', endless(0xc0)),
  refused('PINGREQ with a body', 'MQTT-4.8.0-1', packet(0xc0, 0)),
  ...[1, 2, 4, 8].map(flag => refused(`PINGREQ with flag ${flag}`, 'MQTT-2.2.2-2', packet(0xc0 | flag))),
];

const goodbyes: Vector[] = [
  { ...taken('DISCONNECT', disconnect), stays: false },
  refusedFirst('DISCONNECT before any CONNECT', 'MQTT-3.1.0-1', disconnect),
  refused('DISCONNECT with a length of five bytes', 'MQTT-2.2.3', endless(0xe0)),
  refused('DISCONNECT with a body', 'MQTT-4.8.0-1', packet(0xe0, 0)),
  ...[1, 2, 4, 8].map(flag => refused(`DISCONNECT with flag ${flag}`, 'MQTT-3.14.1-1', packet(0xe0 | flag))),
];

const foreign = [
  { name: 'type 0', first: 0x00, bodies: [[], [0]] },
  { name: 'CONNACK', first: 0x20, bodies: [[], [0], [0, 0], [0, 1], [0, 0, 0], [1, 0], [0x80, 0]] },
  { name: 'SUBACK', first: 0x90, bodies: [[], [1], [word(1)], [word(1), 0], [word(0), 0]] },
  { name: 'UNSUBACK', first: 0xb0, bodies: [[], [1], [word(1)], [word(0)], [word(1), 0]] },
  { name: 'PINGRESP', first: 0xd0, bodies: [[], [0]] },
  { name: 'AUTH', first: 0xf0, bodies: [[], [0], [0x18, 0]] },
] as const;

const forbidden: Vector[] = foreign.flatMap(({ name, first, bodies }) => [
  refusedFirst(`${name} before any CONNECT`, 'MQTT-3.1.0-1', packet(first)),
  refusedFirst(`${name} with every flag before any CONNECT`, 'MQTT-3.1.0-1', packet(first | 0x0f)),
  refused(`${name} with a length of five bytes`, 'MQTT-2.2.1', endless(first)),
  ...bodies.map(body =>
    refused(
      `${name} of ${Buffer.concat([packet(0, ...body)]).length - 2} bytes`,
      'MQTT-2.2.1',
      packet(first, ...body),
    ),
  ),
  ...[1, 2, 4, 8, 9].map(flag =>
    refused(`${name} with flags ${flag}`, 'MQTT-2.2.1', packet(first | flag, 0, 0)),
  ),
]);

export const otherVectors: readonly Vector[] = [...pings, ...goodbyes, ...forbidden];
