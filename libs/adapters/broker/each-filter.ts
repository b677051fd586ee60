// A SUBSCRIBE that names a filter twice is answered twice (MQTT-3.9.3-1): Aedes would leave out all but the last.
import type { Client } from 'aedes';

interface Received {
  readonly cmd: string;
  subscriptions?: readonly unknown[];
}

interface Parsing {
  readonly _parser: { prependListener(event: 'packet', heard: (packet: Received) => void): void };
}

/** Each is granted or refused in its turn, as if it had come in a packet of its own (MQTT-3.8.4-4). */
export function answerEachFilter(client: Client): void {
  (client as unknown as Parsing)._parser.prependListener('packet', keepFilters);
}

/** Aedes puts a shorter list in the place of the one that came. */
function keepFilters(packet: Received): void {
  const { cmd, subscriptions } = packet;
  if (cmd !== 'subscribe') return;
  Object.defineProperty(packet, 'subscriptions', { get: () => subscriptions, set: () => {} });
}
