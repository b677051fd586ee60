// PUBACK, PUBREC, PUBREL and PUBCOMP, and what a client answers to messages (MQTT 3.1.1 §3.4 to §3.7).
import type { Clause } from '../../clauses.js';
import { endless, packet, word } from '../wire-bytes.js';
import { refused, refusedFirst, taken, type Vector } from './vector.js';

interface Kind {
  readonly name: string;
  readonly first: number;
  readonly flags: Clause;
  /** What is heard when nothing waits for it. */
  readonly answer: Uint8Array;
}

const id = word(1);

const kinds: readonly Kind[] = [
  { name: 'PUBACK', first: 0x40, flags: 'MQTT-2.2.2-2', answer: Buffer.of() },
  { name: 'PUBREC', first: 0x50, flags: 'MQTT-2.2.2-2', answer: packet(0x62, id) },
  { name: 'PUBREL', first: 0x62, flags: 'MQTT-3.6.1-1', answer: packet(0x70, id) },
  { name: 'PUBCOMP', first: 0x70, flags: 'MQTT-2.2.2-2', answer: Buffer.of() },
];

function rowsOf({ name, first, flags, answer }: Kind): Vector[] {
  return [
    refusedFirst(`${name} before any CONNECT`, 'MQTT-3.1.0-1', packet(first, id)),
    refused(`${name} with a length of five bytes`, 'MQTT-2.2.3', endless(first)),
    taken(`${name} that nothing waits for`, packet(first, id), answer),
    refused(`${name} of three bytes`, 'MQTT-4.8.0-1', packet(first, id, 0)),
    refused(`${name} of identifier 0`, 'MQTT-2.3.1-6', packet(first, word(0))),
    refused(`${name} without a body`, 'MQTT-4.8.0-1', packet(first)),
    refused(`${name} of one byte`, 'MQTT-4.8.0-1', packet(first, 1)),
    ...[1, 2, 4, 8].map(bit =>
      refused(`${name} with flag ${bit} the other way`, flags, packet(first ^ bit, id)),
    ),
  ];
}

export const acknowledgementVectors: readonly Vector[] = kinds.flatMap(rowsOf);
