// The load that asks how much goes through: each client has so many messages on their way, and sends the next for each PUBACK.
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from './client.js';
import { stamp, telemetryPacket } from './message.js';
import type { Identity } from './packets.js';

export interface FullWindowOrder {
  readonly port: number;
  /** Each publishes as the device of its own name. */
  readonly clients: readonly Identity[];
  /** Of this run: a device's messages count once a boot and sequence number. */
  readonly boot: number;
  readonly inFlight: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export interface FullWindowResult {
  readonly acknowledged: number;
  readonly elapsedMs: number;
  /** Of the load itself: near the elapsed time it would measure itself. */
  readonly cpuMs: number;
}

export async function fullWindow(order: FullWindowOrder): Promise<FullWindowResult> {
  const clients = await Promise.all(
    order.clients.map(identity => Client.connect({ ...identity, port: order.port })),
  );
  let acknowledged = 0;
  let lost = 0;
  for (const [i, client] of clients.entries()) {
    const window = new Window(client, order.clients[i]?.clientId ?? '', order);
    client.onAcknowledged = count => {
      acknowledged += count;
      window.send(count);
    };
    client.onClose = () => {
      lost += 1;
    };
    window.send(order.inFlight);
  }
  await delay(order.warmUpMs);
  const began = { at: performance.now(), acknowledged, cpu: process.cpuUsage() };
  await delay(order.measureMs);
  const elapsedMs = performance.now() - began.at;
  const { user, system } = process.cpuUsage(began.cpu);
  const result = {
    acknowledged: acknowledged - began.acknowledged,
    elapsedMs,
    cpuMs: (user + system) / 1000,
  };
  if (lost > 0) throw new Error(`${lost} connections were lost under the load`);
  for (const client of clients) {
    client.onAcknowledged = () => {};
    client.onClose = () => {};
    client.socket.destroy();
  }
  return result;
}

/** A ring of packets: a place is written again only after its message was acknowledged, so nothing is copied. */
class Window {
  private readonly ring: Buffer;
  private readonly packet;
  private sent = 0;

  constructor(
    private readonly client: Client,
    deviceId: string,
    private readonly order: FullWindowOrder,
  ) {
    this.packet = telemetryPacket(deviceId, order.boot);
    this.ring = Buffer.concat(Array.from({ length: order.inFlight }, () => this.packet.bytes));
  }

  send(count: number): void {
    const { inFlight } = this.order;
    const { places } = this.packet;
    const now = Date.now();
    for (let left = count; left > 0; ) {
      const place = this.sent % inFlight;
      const many = Math.min(left, inFlight - place);
      for (let i = 0; i < many; i++)
        stamp(this.ring, (place + i) * places.length, places, this.sent + i, now);
      this.client.write(this.ring.subarray(place * places.length, (place + many) * places.length));
      this.sent += many;
      left -= many;
    }
  }
}
