// The TCP listener.
import { createServer, type Server, type Socket } from 'node:net';
import { DomainError } from '#domain/errors';

const keepAliveProbeMs = 60_000;

export class TcpDoor {
  private readonly server: Server;

  /**
   * @param setting the variable that holds the port, for whoever must change it
   * @param crowd connects that the system keeps until they are taken; unless told, what Node asks for. Whoever finds no
   *   place asks again a second later
   */
  constructor(
    enter: (socket: Socket) => void,
    private readonly setting: string,
    private readonly crowd?: number,
  ) {
    // Probes find the half-open sockets of clients that asked for no keep-alive.
    const options = { noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveProbeMs };
    this.server = createServer(options, enter);
  }

  /** @returns the port that it has. @throws DomainError `port-busy`. */
  async listen(port: number, host?: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.on('error', fault => reject(explain(fault, port, this.setting)));
      this.server.listen({ port, host, backlog: this.crowd }, resolve);
    });
    const address = this.server.address();
    return address !== null && typeof address === 'object' ? address.port : port;
  }

  /** Takes nobody new; the sockets that are open stay so. */
  stop(): void {
    this.server.close();
  }
}

function explain(fault: NodeJS.ErrnoException, port: number, setting: string): Error {
  if (fault.code !== 'EADDRINUSE') return fault;
  const detail = `Port ${port}, where devices connect by MQTT, is in use. Set ${setting} to a free one.`;
  return new DomainError('port-busy', { detail });
}
