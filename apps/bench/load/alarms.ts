// Raises alarms one after the other, and measures how long each takes from the publish to a webhook's first byte.
import { setTimeout as delay } from 'node:timers/promises';
import { topicOf } from '#codecs/wire';
import { Client } from './client.js';
import { type Identity, publishBytes } from './packets.js';
import { WebhookReceiver } from './webhook-receiver.js';

export interface RaisersOrder {
  readonly port: number;
  /** Each is a gas sensor, and raises one alarm. */
  readonly clients: readonly Identity[];
}

export interface AlarmsOrder {
  /** Of those that are connected: the place of the first, and how many. */
  readonly from: number;
  readonly count: number;
  readonly gapMs: number;
  /** How long after the last one is waited for those that are still on their way. */
  readonly patienceMs: number;
}

export interface AlarmsResult {
  /** From publish to webhook, of the alarms that came. */
  readonly latenciesMs: readonly number[];
  /** From publish to PUBACK. */
  readonly acknowledgedMs: readonly number[];
  readonly missing: number;
  /** What reached the receiver meanwhile, of whatever kind. */
  readonly posts: number;
}

const connectsAtOnce = 50;
const receiver = new WebhookReceiver();

/** @returns the URL to give to the gateway. */
export const openReceiver = (_: null): Promise<string> => receiver.open();

const raisers: Raiser[] = [];

/** Connects the sensors before anything is measured. */
export async function connectRaisers({ port, clients }: RaisersOrder): Promise<null> {
  for (let from = 0; from < clients.length; from += connectsAtOnce) {
    const some = clients.slice(from, from + connectsAtOnce);
    raisers.push(...(await Promise.all(some.map(identity => connected(port, identity)))));
  }
  return null;
}

export async function alarms({ from, count, gapMs, patienceMs }: AlarmsOrder): Promise<AlarmsResult> {
  const devices = raisers.slice(from, from + count);
  const postsBefore = receiver.posts;
  const began = performance.now();
  for (const [i, device] of devices.entries()) {
    // Spread within its gap, so that alarms do not keep step with anything.
    const dueAt = began + (i + Math.random()) * gapMs;
    await delay(Math.max(0, dueAt - performance.now()));
    device.raise();
  }
  const end = performance.now() + patienceMs;
  while (devices.some(({ id }) => receiver.arrivalOf(id) === undefined) && performance.now() < end)
    await delay(50);
  const latencies = devices.map(({ id, saidAt }) => (receiver.arrivalOf(id) ?? Number.NaN) - saidAt);
  return {
    latenciesMs: latencies.filter(latency => !Number.isNaN(latency)),
    acknowledgedMs: devices.map(({ acknowledgedAt, saidAt }) => acknowledgedAt - saidAt),
    missing: latencies.filter(Number.isNaN).length,
    posts: receiver.posts - postsBefore,
  };
}

export interface Raiser {
  readonly id: string;
  readonly client: Client;
  saidAt: number;
  acknowledgedAt: number;
  raise(): void;
}

export async function connected(port: number, identity: Identity): Promise<Raiser> {
  const client = await Client.connect({ ...identity, port });
  const id = identity.clientId;
  const payload = { boot: 1, seq: 1, values: { 'gas.lel': 21.5 }, bits: { 'gas.alarm': true } };
  const packet = publishBytes(topicOf(id, 'telemetry'), Buffer.from(JSON.stringify(payload)), 1);
  const raiser: Raiser = {
    id,
    client,
    saidAt: Number.NaN,
    acknowledgedAt: Number.NaN,
    raise() {
      raiser.saidAt = performance.now();
      client.write(packet);
    },
  };
  client.onAcknowledged = () => {
    raiser.acknowledgedAt = performance.now();
  };
  return raiser;
}
