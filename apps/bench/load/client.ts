// A client of a broker in a load: a socket that is logged in, counts what comes, and acknowledges it.
import type { Socket } from 'node:net';
import { connectionTo } from './connection.js';
import { PacketReader } from './packet-reader.js';
import { connectBytes, type Identity, packetTypes, pubackBytes, subscribeBytes } from './packets.js';

export interface ClientOptions extends Identity {
  readonly port: number;
  readonly localAddress?: string;
  readonly keepAliveS?: number;
}

export class Client {
  /** Called once for each chunk that brought some: how many of our messages are acknowledged. */
  onAcknowledged: (count: number) => void = () => {};
  onPublish: (bytes: Buffer, start: number, end: number) => void = () => {};
  onClose: () => void = () => {};

  private whenAnswered: ((code: number) => void) | null = null;
  private acknowledged = 0;

  private constructor(readonly socket: Socket) {
    const reader = new PacketReader((head, bytes, start, end) => this.take(head, bytes, start, end));
    socket.on('data', (chunk: Buffer) => {
      reader.read(chunk);
      const count = this.acknowledged;
      this.acknowledged = 0;
      if (count > 0) this.onAcknowledged(count);
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      this.whenAnswered?.(-1);
      this.onClose();
    });
  }

  /** @throws when the broker refuses or the socket fails. */
  static async connect({ port, localAddress, keepAliveS, ...identity }: ClientOptions): Promise<Client> {
    const client = new Client(await connectionTo(port, localAddress));
    const code = await client.ask(connectBytes(identity, keepAliveS));
    if (code === 0) return client;
    client.socket.destroy();
    throw new Error(
      code < 0 ? 'the broker closed the connection' : `the broker refused the login with ${code}`,
    );
  }

  /** The SUBACK's code for the first filter. */
  subscribe(filters: readonly string[], qos: 0 | 1 = 1): Promise<number> {
    return this.ask(subscribeBytes(filters, qos));
  }

  write(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  private ask(question: Buffer): Promise<number> {
    return new Promise(resolve => {
      this.whenAnswered = resolve;
      this.socket.write(question);
    });
  }

  private take(head: number, bytes: Buffer, start: number, end: number): void {
    const type = head >> 4;
    switch (type) {
      case packetTypes.puback:
        this.acknowledged += 1;
        break;
      case packetTypes.publish:
        if (qosOf(head) === 1) this.write(pubackBytes(packetIdOf(bytes, start)));
        this.onPublish(bytes, start, end);
        break;
      case packetTypes.connack:
      case packetTypes.suback:
        this.whenAnswered?.(
          type === packetTypes.connack ? (bytes[start + 1] ?? -1) : (bytes[start + 2] ?? -1),
        );
        this.whenAnswered = null;
        break;
    }
  }
}

const qosOf = (head: number): number => (head >> 1) & 0b11;

/** It stands behind the topic (MQTT 3.1.1 §3.3.2). */
const packetIdOf = (bytes: Buffer, start: number): number =>
  bytes.readUInt16BE(start + 2 + bytes.readUInt16BE(start));
