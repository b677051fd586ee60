// CONNECT, sound and unsound (MQTT 3.1.1 §3.1).
import { endless, type Part, packet, packetSaying, plain, sized, word } from '../wire-bytes.js';
import { refused, refusedFirst, taken, takenFirst, type Vector, withBadTexts } from './vector.js';

const keepAlive = word(10);
const accepted = Buffer.of(0x20, 2, 0, 0);
const wrongLevel = Buffer.of(0x20, 2, 0, 1);
const wrongIdentifier = Buffer.of(0x20, 2, 0, 2);

/** The body of a CONNECT of MQTT 3.1.1. */
function body(flags: number, ...payload: readonly Part[]): Part[] {
  return ['MQTT', 4, flags, keepAlive, ...payload];
}

function connect(flags: number, ...payload: readonly Part[]): Buffer {
  return packet(0x10, ...body(flags, ...payload));
}

/** The body of a CONNECT of MQTT 3.1. */
function elder(level: number, flags: number, ...payload: readonly Part[]): Part[] {
  return ['MQIsdp', level, flags, keepAlive, ...payload];
}

const sound: Vector[] = [
  takenFirst('the shortest CONNECT', connect(0x02, 'p'), accepted),
  takenFirst('one that keeps its session', connect(0x00, 'p'), accepted),
  takenFirst('no client identifier and a clean session', connect(0x02, ''), accepted),
  takenFirst('a will', connect(0x06, 'p', 'p', 'p'), accepted),
  takenFirst('a will of QoS 2, retained', connect(0x36, 'p', 'p', 'p'), accepted),
  takenFirst('an empty will message', connect(0x06, 'p', 'p', word(0)), accepted),
  takenFirst('a will message of any bytes', connect(0x06, 'p', 'p', sized(0, 0xff, 0x80)), accepted),
  takenFirst('a user name', connect(0x82, 'p', 'p'), accepted),
  takenFirst('an empty user name', connect(0x82, 'p', ''), accepted),
  takenFirst('a user name and a password', connect(0xc2, 'p', 'p', 'p'), accepted),
  takenFirst('a password of any bytes', connect(0xc2, 'p', 'p', sized(0x74, 0, 0, 0xff)), accepted),
  takenFirst('a will, a user name and a password', connect(0xce, 'p', 'p', 'p', 'p', 'p'), accepted),
  takenFirst('a client identifier beyond ASCII', connect(0x02, '𪛔燃气'), accepted),
  takenFirst('MQTT 3.1', packet(0x10, ...elder(3, 0x02, 'p')), accepted),
  takenFirst('MQTT 3.1 that keeps its session', packet(0x10, ...elder(3, 0x00, 'p')), accepted),
];

const names: Vector[] = [
  refusedFirst('a short protocol name', 'MQTT-3.1.2-1', packet(0x10, 'MQT', 4, 2, keepAlive, 'p')),
  refusedFirst('no protocol name', 'MQTT-3.1.2-1', packet(0x10, '', 4, 2, keepAlive, 'p')),
  refusedFirst('a long protocol name', 'MQTT-3.1.2-1', packet(0x10, 'MQTTT', 4, 2, keepAlive, 'p')),
  refusedFirst('a huge protocol name', 'MQTT-3.1.2-1', packet(0x10, 'M'.repeat(999), 4, 2, keepAlive, 'p')),
  refusedFirst('another protocol name', 'MQTT-3.1.2-1', packet(0x10, 'MQTU', 4, 2, keepAlive, 'p')),
  refusedFirst(
    'a protocol name in small letters',
    'MQTT-3.1.2-1',
    packet(0x10, 'mqtt', 4, 2, keepAlive, 'p'),
  ),
];

const levels: Vector[] = [
  ...[0, 2, 3, 6, 0x84, 0xff].map(level =>
    refusedFirst(
      `level ${level} of MQTT`,
      'MQTT-3.1.2-2',
      packet(0x10, 'MQTT', level, 2, keepAlive, 'p'),
      wrongLevel,
    ),
  ),
  ...[2, 4, 6].map(level =>
    refusedFirst(
      `level ${level} of MQIsdp`,
      'MQTT-3.1.2-2',
      packet(0x10, ...elder(level, 2, 'p')),
      wrongLevel,
    ),
  ),
  refusedFirst('MQTT 5', 'MQTT-3.1.2-2', packet(0x10, 'MQTT', 5, 2, keepAlive, 0, 'p'), wrongLevel),
  refusedFirst(
    'MQTT 5 with properties, a will and a password',
    'MQTT-3.1.2-2',
    packet(0x10, 'MQTT', 5, 0xc6, keepAlive, 5, 0x11, plain('\0\0\0\x01'), 'p', 0, 'p', 'p', 'p', 'p'),
    wrongLevel,
  ),
  refusedFirst('MQTT 5 cut short', 'MQTT-3.1.2-2', packetSaying(13, 0x10, 'MQTT', 5), wrongLevel),
];

const flags: Vector[] = [
  ...[0x11, 0x12, 0x14, 0x18, 0x1f].map(first =>
    refusedFirst(`first byte ${first.toString(16)}`, 'MQTT-2.2.2-2', packet(first, ...body(0x02, 'p'))),
  ),
  refusedFirst('the reserved flag', 'MQTT-3.1.2-3', connect(0x03, 'p')),
  refusedFirst('Will QoS 1 without a will', 'MQTT-3.1.2-13', connect(0x0a, 'p')),
  refusedFirst('Will QoS 2 without a will', 'MQTT-3.1.2-13', connect(0x12, 'p')),
  refusedFirst('Will Retain without a will', 'MQTT-3.1.2-15', connect(0x22, 'p')),
  refusedFirst('Will QoS 3', 'MQTT-3.1.2-14', connect(0x1e, 'p', 'p', 'p')),
  refusedFirst('a password without a user name', 'MQTT-3.1.2-22', connect(0x42, 'p', 'p')),
  refusedFirst(
    'a password without a user name in MQTT 3.1',
    'MQTT-3.1.2-22',
    packet(0x10, ...elder(3, 0x42, 'p', 'p')),
  ),
];

const payloads: Vector[] = [
  refusedFirst('nothing at all', 'MQTT-4.8.0-1', packet(0x10)),
  refusedFirst('a name and no more', 'MQTT-4.8.0-1', packet(0x10, 'MQTT')),
  refusedFirst('no flags', 'MQTT-4.8.0-1', packet(0x10, 'MQTT', 4)),
  refusedFirst('half a keep-alive', 'MQTT-4.8.0-1', packet(0x10, 'MQTT', 4, 2, 0)),
  refusedFirst('no client identifier at all', 'MQTT-4.8.0-1', packet(0x10, 'MQTT', 4, 2, keepAlive)),
  refusedFirst('a client identifier that is cut off', 'MQTT-4.8.0-1', connect(0x02, word(5), plain('p'))),
  refusedFirst('a will flag and no will', 'MQTT-4.8.0-1', connect(0x06, 'p')),
  refusedFirst('a will topic and no message', 'MQTT-4.8.0-1', connect(0x06, 'p', 'p')),
  refusedFirst('an empty will topic', 'MQTT-4.7.3-1', connect(0x06, 'p', '', 'p')),
  refusedFirst('a will topic with a wildcard', 'MQTT-3.3.2-2', connect(0x06, 'p', 'a/+', 'p')),
  refusedFirst('a user name without its flag', 'MQTT-4.8.0-1', connect(0x02, 'p', 'p')),
  refusedFirst('a user name flag and no user name', 'MQTT-4.8.0-1', connect(0x82, 'p')),
  refusedFirst('a password without its flag', 'MQTT-4.8.0-1', connect(0x82, 'p', 'p', 'p')),
  refusedFirst('a password flag and no password', 'MQTT-4.8.0-1', connect(0xc2, 'p', 'p')),
  refusedFirst('a byte too many', 'MQTT-4.8.0-1', connect(0x02, 'p', 0)),
  refusedFirst(
    'a length that ends inside the flags',
    'MQTT-4.8.0-1',
    packetSaying(7, 0x10, ...body(0xc2, 'test-device', 'admin', 'password')),
  ),
  refusedFirst('a session to keep without a name', 'MQTT-3.1.3-8', connect(0x00, ''), wrongIdentifier),
  refusedFirst(
    'MQTT 3.1 without a client identifier',
    'MQTT-3.1.3-8',
    packet(0x10, ...elder(3, 0x02, '')),
    wrongIdentifier,
  ),
  refusedFirst('a length of five bytes', 'MQTT-2.2.3', endless(0x10)),
  refused('a second CONNECT', 'MQTT-3.1.0-2', connect(0x02, 'p')),
];

const texts: Vector[] = [
  ...withBadTexts('a client identifier', (name, clause, text) =>
    refusedFirst(name, clause, connect(0x02, sized(...text))),
  ),
  ...withBadTexts('a will topic', (name, clause, text) =>
    refusedFirst(name, clause, connect(0x06, 'p', sized(...text), 'p')),
  ),
  ...withBadTexts('a user name', (name, clause, text) =>
    refusedFirst(name, clause, connect(0x82, 'p', sized(...text))),
  ),
];

export const connectVectors: readonly Vector[] = [
  ...sound,
  ...names,
  ...levels,
  ...flags,
  ...payloads,
  ...texts,
  taken('a login and nothing else'),
];
