// SUBSCRIBE and UNSUBSCRIBE, sound and unsound (MQTT 3.1.1 §3.8, §3.10, §4.7).
import type { Clause } from '../../clauses.js';
import { endless, type Part, packet, plain, sized, word } from '../wire-bytes.js';
import { refused, refusedFirst, taken, type Vector, withBadTexts } from './vector.js';

const id = word(1234);
const subscribe = (...parts: readonly Part[]) => packet(0x82, id, ...parts);
const unsubscribe = (...parts: readonly Part[]) => packet(0xa2, id, ...parts);
const suback = (...granted: readonly number[]) => packet(0x90, id, ...granted);
const unsuback = packet(0xb0, id);

const soundFilters = [
  'p',
  '/',
  '//',
  '+',
  '#',
  '+/+',
  '/+',
  '+/',
  'a/#',
  '/#',
  'a/+/b',
  '+/a/#',
  '$SYS/#',
  '家/+',
  ' ',
];

const unsoundFilters: readonly (readonly [filter: string, clause: Clause])[] = [
  ['a/#/b', 'MQTT-4.7.1-2'],
  ['a#', 'MQTT-4.7.1-2'],
  ['a/b#', 'MQTT-4.7.1-2'],
  ['#a', 'MQTT-4.7.1-2'],
  ['##', 'MQTT-4.7.1-2'],
  ['#/', 'MQTT-4.7.1-2'],
  ['+#', 'MQTT-4.7.1-3'],
  ['a+', 'MQTT-4.7.1-3'],
  ['+a', 'MQTT-4.7.1-3'],
  ['++', 'MQTT-4.7.1-3'],
  ['a/b+/c', 'MQTT-4.7.1-3'],
  ['a/+b/c', 'MQTT-4.7.1-3'],
];

const subscriptions: Vector[] = [
  ...[0, 1, 2].map(qos => taken(`SUBSCRIBE of QoS ${qos}`, subscribe('p', qos), suback(qos))),
  taken('SUBSCRIBE to two', subscribe('p', 0, 'q', 0), suback(0, 0)),
  taken('SUBSCRIBE and again', subscribe('p', 0), suback(0), subscribe('p', 2), suback(2)),
  ...soundFilters.map(filter => taken(`SUBSCRIBE to "${filter}"`, subscribe(filter, 0), suback(0))),
  refusedFirst('SUBSCRIBE before any CONNECT', 'MQTT-3.1.0-1', subscribe('p', 0)),
  refused('SUBSCRIBE with a length of five bytes', 'MQTT-2.2.3', endless(0x82)),
  ...[0x80, 0x83, 0x84, 0x86, 0x8a].map(first =>
    refused(`SUBSCRIBE as ${first.toString(16)}`, 'MQTT-3.8.1-1', packet(first, id, 'p', 0)),
  ),
  ...[0x03, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80].map(qos =>
    refused(`SUBSCRIBE of QoS ${qos}`, 'MQTT-3.8.3-4', subscribe('p', qos)),
  ),
  refused('SUBSCRIBE with a second QoS', 'MQTT-4.8.0-1', subscribe('p', 0, 0)),
  refused('SUBSCRIBE without a QoS', 'MQTT-4.8.0-1', subscribe('p')),
  refused('SUBSCRIBE with half a filter length', 'MQTT-4.8.0-1', subscribe(0)),
  refused('SUBSCRIBE with a filter cut off', 'MQTT-4.8.0-1', subscribe(word(4), plain('p'), 0)),
  refused('SUBSCRIBE without a filter', 'MQTT-3.8.3-3', subscribe()),
  refused('SUBSCRIBE of one byte', 'MQTT-4.8.0-1', packet(0x82, 1)),
  refused('SUBSCRIBE without a body', 'MQTT-4.8.0-1', packet(0x82)),
  refused('SUBSCRIBE with an empty filter and no QoS', 'MQTT-4.7.3-1', subscribe('')),
  refused('SUBSCRIBE to nothing', 'MQTT-4.7.3-1', subscribe('', 0)),
  refused('SUBSCRIBE to nothing and something', 'MQTT-4.7.3-1', subscribe('', 0, 'q', 0)),
  refused('SUBSCRIBE to something and nothing', 'MQTT-4.7.3-1', subscribe('q', 0, '', 0)),
  refused('SUBSCRIBE to nothing twice', 'MQTT-4.7.3-1', subscribe('', 0, '', 0)),
  refused('SUBSCRIBE with identifier 0', 'MQTT-2.3.1-1', packet(0x82, word(0), 'p', 0)),
  ...unsoundFilters.map(([filter, clause]) =>
    refused(`SUBSCRIBE to "${filter}"`, clause, subscribe(filter, 0)),
  ),
  ...withBadTexts('SUBSCRIBE to a filter', (name, clause, text) =>
    refused(name, clause, subscribe(sized(...text), 0)),
  ),
];

const unsubscriptions: Vector[] = [
  taken('UNSUBSCRIBE from what was never subscribed', unsubscribe('p'), unsuback),
  taken('UNSUBSCRIBE', subscribe('p', 0), suback(0), unsubscribe('p'), unsuback),
  taken('UNSUBSCRIBE from two', unsubscribe('p', 'q'), unsuback),
  taken('UNSUBSCRIBE from one twice', unsubscribe('p', 'p'), unsuback),
  ...soundFilters.map(filter => taken(`UNSUBSCRIBE from "${filter}"`, unsubscribe(filter), unsuback)),
  refusedFirst('UNSUBSCRIBE before any CONNECT', 'MQTT-3.1.0-1', unsubscribe('p')),
  refused('UNSUBSCRIBE with a length of five bytes', 'MQTT-2.2.3', endless(0xa2)),
  ...[0xa0, 0xa3, 0xa4, 0xa6, 0xaa].map(first =>
    refused(`UNSUBSCRIBE as ${first.toString(16)}`, 'MQTT-3.10.1-1', packet(first, id, 'p')),
  ),
  refused('UNSUBSCRIBE from nothing and something', 'MQTT-4.7.3-1', unsubscribe('', 'q')),
  refused('UNSUBSCRIBE from something and nothing', 'MQTT-4.7.3-1', unsubscribe('q', '')),
  refused('UNSUBSCRIBE with a filter cut off', 'MQTT-4.8.0-1', unsubscribe(word(1))),
  refused('UNSUBSCRIBE with half a filter length', 'MQTT-4.8.0-1', unsubscribe(1)),
  refused('UNSUBSCRIBE without a filter', 'MQTT-3.10.3-2', unsubscribe()),
  refused('UNSUBSCRIBE of one byte', 'MQTT-4.8.0-1', packet(0xa2, 1)),
  refused('UNSUBSCRIBE without a body', 'MQTT-4.8.0-1', packet(0xa2)),
  refused('UNSUBSCRIBE with identifier 0', 'MQTT-2.3.1-1', packet(0xa2, word(0), 'p', 'q')),
  ...unsoundFilters.map(([filter, clause]) =>
    refused(`UNSUBSCRIBE from "${filter}"`, clause, unsubscribe(filter)),
  ),
  ...withBadTexts('UNSUBSCRIBE from a filter', (name, clause, text) =>
    refused(name, clause, unsubscribe(sized(...text))),
  ),
];

export const subscriptionVectors: readonly Vector[] = [...subscriptions, ...unsubscriptions];
