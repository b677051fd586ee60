// The table of clauses as a whole, and all of it that a client may ever say.
import { packet, word } from '../wire-bytes.js';
import { acknowledgementVectors } from './acknowledgements.js';
import { connectVectors } from './connect.js';
import { otherVectors } from './other.js';
import { publishVectors } from './publish.js';
import { subscriptionVectors } from './subscriptions.js';
import type { Vector } from './vector.js';

export const table: readonly (readonly [group: string, vectors: readonly Vector[]])[] = [
  ['CONNECT', connectVectors],
  ['PUBLISH', publishVectors],
  ['acknowledgements', acknowledgementVectors],
  ['subscriptions', subscriptionVectors],
  ['everything else', otherVectors],
];

/** The CONNECT of whoever sends none of his own, by protocol level. */
export const greetings = {
  3: packet(0x10, 'MQIsdp', 3, 0x02, word(60), 'vector'),
  4: packet(0x10, 'MQTT', 4, 0x02, word(60), 'vector'),
} as const;

/** Of each row, what its client sends from first to last. */
export const speeches: readonly Buffer[] = table
  .flatMap(([, vectors]) => vectors)
  .map(({ level, steps }) =>
    Buffer.concat([...(level ? [greetings[level]] : []), ...steps.map(([bytes]) => bytes)]),
  );
