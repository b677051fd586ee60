// MQTT over WebSocket on a path of an HTTP server (MQTT 3.1.1 §6).
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';

const subprotocol = 'mqtt';
const unsupportedData = 1003;

export class WebSocketDoor {
  private readonly upgrades: WebSocketServer;
  private isStopped = false;

  constructor(
    private readonly enter: (stream: Duplex, address: string | undefined) => void,
    packetBytes: number,
  ) {
    this.upgrades = new WebSocketServer({
      noServer: true,
      maxPayload: packetBytes,
      perMessageDeflate: false,
      handleProtocols: () => subprotocol,
    });
  }

  /** The server upgrades nothing else: any other path is answered 404. */
  attach(server: Server, path: string): void {
    server.on('upgrade', (request, socket, head) => {
      const refusal = this.refusal(request, path);
      if (refusal) socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      else this.upgrades.handleUpgrade(request, socket, head, client => this.open(client, request));
    });
  }

  /** Takes nobody new; the sockets that are open stay so. */
  stop(): void {
    this.isStopped = true;
  }

  private refusal({ url = '', headers }: IncomingMessage, path: string): string | null {
    if (this.isStopped) return '503 Service Unavailable';
    if (new URL(url, 'http://localhost').pathname !== path) return '404 Not Found';
    const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim());
    // MQTT-6.0.0-3
    return offered.includes(subprotocol) ? null : '400 Bad Request';
  }

  private open(client: WebSocket, request: IncomingMessage): void {
    // MQTT-6.0.0-1
    client.on('message', (_, isBinary) => {
      if (!isBinary) client.close(unsupportedData);
    });
    this.enter(createWebSocketStream(client), request.socket.remoteAddress);
  }
}
