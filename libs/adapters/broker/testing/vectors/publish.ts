// PUBLISH, sound and unsound (MQTT 3.1.1 §3.3).
import { endless, packet, packetSaying, plain, sized, word } from '../wire-bytes.js';
import { refused, refusedFirst, taken, type Vector, withBadTexts } from './vector.js';

const id = word(1234);
const puback = packet(0x40, id);
const pubrec = packet(0x50, id);
const pubrel = packet(0x62, id);
const pubcomp = packet(0x70, id);

const sound: Vector[] = [
  taken('QoS 0', packet(0x30, 'topic', plain('payload'))),
  taken('QoS 0 to be retained', packet(0x31, 'topic', plain('payload'))),
  taken('QoS 0 to be retained, without a payload', packet(0x31, 'topic')),
  taken('QoS 0 of any bytes', packet(0x30, 'topic', Buffer.of(0, 0xff, 0x80, 0xc0))),
  taken('QoS 1', packet(0x32, 'topic', id, plain('payload')), puback),
  taken('QoS 1 without a payload', packet(0x32, 'topic', id), puback),
  taken('QoS 1 to be retained', packet(0x33, 'topic', id, plain('payload')), puback),
  taken('QoS 1 once more', packet(0x3a, 'topic', id, plain('payload')), puback),
  taken('QoS 2', packet(0x34, 'topic', id, plain('payload')), pubrec, pubrel, pubcomp),
  taken('QoS 2 once more', packet(0x3c, 'topic', id, plain('payload')), pubrec, pubrel, pubcomp),
  taken('QoS 2 twice', packet(0x34, 'topic', id), pubrec, packet(0x3c, 'topic', id), pubrec, pubrel, pubcomp),
  taken('a topic that begins with $', packet(0x34, '$test/test', id), pubrec),
  taken('a topic of one slash', packet(0x32, '/', id), puback),
  taken('a topic with empty levels', packet(0x32, '/a//b/', id), puback),
  taken('a topic with spaces', packet(0x32, 'a b/ c', id), puback),
  taken('a topic of Chinese', packet(0x32, '家/燃气', id), puback),
  taken('a topic past the basic plane (§1.5.3.1)', packet(0x32, 'A\u{2a6d4}', id), puback),
  taken('a topic with U+FEFF (MQTT-1.5.3-3)', packet(0x32, 'a\ufeffb', id), puback),
  taken('a topic with the last character of all', packet(0x32, sized(0xf4, 0x8f, 0xbf, 0xbd), id), puback),
  taken('a payload longer than 127 bytes', packet(0x32, 'topic', id, plain('p'.repeat(300))), puback),
  taken('two in one piece', Buffer.concat([packet(0x30, 'a'), packet(0x32, 'b', id)]), puback),
];

const unsound: Vector[] = [
  refusedFirst('before any CONNECT', 'MQTT-3.1.0-1', packet(0x30, 'topic', plain('payload'))),
  refused('a length of five bytes', 'MQTT-2.2.3', endless(0x30)),
  refused('an empty topic', 'MQTT-4.7.3-1', packet(0x30, '', plain('payload'))),
  refused('DUP with QoS 0', 'MQTT-3.3.1-2', packet(0x38, 'topic', plain('payload'))),
  refused('QoS 3 without an identifier', 'MQTT-3.3.1-4', packet(0x36, 'topic', plain('payload'))),
  refused('QoS 3 with an identifier', 'MQTT-3.3.1-4', packet(0x36, 'topic', id, plain('payload'))),
  refused('QoS 3 once more', 'MQTT-3.3.1-4', packet(0x3f, 'topic', id)),
  refused('QoS 1 without an identifier', 'MQTT-4.8.0-1', packet(0x32, 'topic')),
  refused('QoS 1 with half an identifier', 'MQTT-4.8.0-1', packet(0x32, 'topic', 1)),
  refused('QoS 1 with identifier 0', 'MQTT-2.3.1-1', packet(0x32, 'topic', word(0), plain('payload'))),
  refused('QoS 2 with identifier 0', 'MQTT-2.3.1-1', packet(0x34, 'topic', word(0), plain('payload'))),
  refused('nothing at all', 'MQTT-4.8.0-1', packet(0x30)),
  refused('half a length', 'MQTT-4.8.0-1', packet(0x30, 0)),
  refused('a topic longer than its packet', 'MQTT-4.8.0-1', packet(0x30, word(9), plain('topic'))),
  refused('a topic that leaves no room', 'MQTT-4.8.0-1', packetSaying(7, 0x32, 'topic', id)),
  refused('+ in a topic', 'MQTT-3.3.2-2', packet(0x30, '+opic', plain('payload'))),
  refused('# in a topic', 'MQTT-3.3.2-2', packet(0x30, '#opic', plain('payload'))),
  refused('a topic filter for a topic', 'MQTT-3.3.2-2', packet(0x32, 'a/+/#', id)),
  ...withBadTexts('a topic', (name, clause, text) =>
    refused(name, clause, packet(0x30, sized(...text), plain('payload'))),
  ),
  ...withBadTexts('a topic of QoS 1', (name, clause, text) =>
    refused(name, clause, packet(0x32, sized(...text), id, plain('payload'))),
  ),
];

export const publishVectors: readonly Vector[] = [...sound, ...unsound];
