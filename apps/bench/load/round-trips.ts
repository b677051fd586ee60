// How long a message takes from its publisher to a subscriber, one at a time, with nothing else going on.
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from './client.js';
import { publishBytes } from './packets.js';

const topic = 'round/trip';
const patienceMs = 2_000;

/** @returns null when nothing is heard: the broker passes nothing on. */
export async function roundTrips({ port, count }: { port: number; count: number }): Promise<number[] | null> {
  const subscriber = await Client.connect({ port, clientId: 'bench-subscriber' });
  const publisher = await Client.connect({ port, clientId: 'bench-publisher' });
  await subscriber.subscribe([topic], 0);
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const heard = new Promise<true>(resolve => {
      subscriber.onPublish = () => resolve(true);
    });
    const saidAt = performance.now();
    publisher.write(publishBytes(topic, Buffer.from(`${i}`), 1));
    const isHeard = await Promise.race([heard, delay(patienceMs, false)]);
    if (!isHeard) break;
    times.push(performance.now() - saidAt);
  }
  subscriber.socket.destroy();
  publisher.socket.destroy();
  return times.length < count ? null : times;
}
