// The TCP listener.
import { createServer, type Server, type Socket } from 'node:net';
import { DomainError } from '#domain/errors';

const keepAliveProbeMs = 60_000;

export class TcpDoor {
  private readonly server: Server;

  constructor(enter: (socket: Socket) => void) {
    // Probes find the half-open sockets of clients that asked for no keep-alive.
    const options = { noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveProbeMs };
    this.server = createServer(options, enter);
  }

  /** @returns the port that it has. @throws DomainError `port-busy`. */
  async listen(port: number, host?: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.on('error', fault => reject(explain(fault, port)));
      this.server.listen({ port, host }, resolve);
    });
    const address = this.server.address();
    return address !== null && typeof address === 'object' ? address.port : port;
  }

  /** Takes nobody new; the sockets that are open stay so. */
  stop(): void {
    this.server.close();
  }
}

function explain(fault: NodeJS.ErrnoException, port: number): Error {
  if (fault.code !== 'EADDRINUSE') return fault;
  const detail = `Port ${port}, where devices connect by MQTT, is in use. Set MQTT_PORT to a free one.`;
  return new DomainError('port-busy', { detail });
}
