// The TLS listener: as the TCP one, with a handshake before it whose number and time are bounded.
import { constants } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { factsOf } from '#domain/certificates';
import type { RefusalReason } from './broker-counters.js';
import type { PresentedCertificate } from './broker-policy.js';
import type { BrokerLimits } from './broker-settings.js';
import { TcpDoor } from './tcp-door.js';

/** What the broker shows of itself, and whose word about clients it takes. All PEM. */
export interface TlsIdentity {
  /** With the chain up to what clients know, when there is one. */
  readonly certificate: string;
  readonly privateKey: string;
  /** Authorities whose certificates identify clients; with none of them no client is asked for one. */
  readonly clientAuthorities: readonly string[];
  /** Whoever shows none goes no further; unless told, a secret will do. */
  readonly needsCertificate?: boolean;
}

export interface TlsDoorKeeper {
  /** Before the handshake, which costs more than a place. The address, or null: the socket was turned away. */
  admit(socket: Socket): string | null;
  refused(
    reason: Extract<RefusalReason, 'certificate-missing' | 'handshake' | 'handshakes-full'>,
    address: string,
  ): void;
  enter(socket: TLSSocket, address: string, certificate: PresentedCertificate | null): void;
}

interface Handshake {
  readonly socket: Socket;
  readonly address: string;
}

export class TlsDoor {
  private readonly listener: TcpDoor;
  /** By the other end, which TLS does not change. */
  private readonly handshakes = new Map<string, Handshake>();
  /** Makes TLS of sockets and listens to nothing itself, so that another one can take its place at any time. */
  private tls: Server | null = null;

  constructor(
    private readonly limits: Pick<BrokerLimits, 'handshakes' | 'connectMs'>,
    private readonly keeper: TlsDoorKeeper,
  ) {
    this.listener = new TcpDoor(socket => this.begin(socket), 'MQTT_TLS_PORT');
  }

  /** For whoever comes from now on. @throws Error for what is no certificate, no key, or no pair. */
  show({ certificate, privateKey, clientAuthorities, needsCertificate = false }: TlsIdentity): void {
    const asksForCertificate = clientAuthorities.length > 0;
    this.tls = createServer({
      cert: certificate,
      key: privateKey,
      ...(asksForCertificate && { ca: [...clientAuthorities] }),
      requestCert: asksForCertificate,
      // A certificate that is not trusted is refused at the login, where it is counted and has an answer.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
      handshakeTimeout: this.limits.connectMs,
    });
    this.tls.on('secureConnection', socket => this.enter(socket, needsCertificate));
    this.tls.on('tlsClientError', (_, socket) => this.fail(socket));
  }

  /** @returns the port that it has. @throws DomainError `port-busy`. */
  listen(port: number, host?: string): Promise<number> {
    return this.listener.listen(port, host);
  }

  /** Takes nobody new; the sockets that are through the handshake stay open. */
  stop(): void {
    this.listener.stop();
    for (const { socket } of this.handshakes.values()) socket.destroy();
  }

  private begin(socket: Socket): void {
    const address = this.keeper.admit(socket);
    if (address === null) return;
    if (this.handshakes.size >= this.limits.handshakes) {
      this.keeper.refused('handshakes-full', address);
      socket.destroy();
      return;
    }
    const key = otherEnd(socket);
    this.handshakes.set(key, { socket, address });
    socket.once('close', () => this.handshakes.delete(key));
    this.tls?.emit('connection', socket);
  }

  private enter(socket: TLSSocket, needsCertificate: boolean): void {
    const key = otherEnd(socket);
    const handshake = this.handshakes.get(key);
    this.handshakes.delete(key);
    // Gone in the same moment.
    if (!handshake) return void socket.destroy();
    const certificate = certificateOf(socket);
    if (needsCertificate && certificate === null) {
      this.keeper.refused('certificate-missing', handshake.address);
      socket.destroy();
    } else this.keeper.enter(socket, handshake.address, certificate);
  }

  /** Whoever hangs up in the middle of it is no culprit; the socket is closed by TLS itself. */
  private fail(socket: TLSSocket): void {
    const handshake = this.handshakes.get(otherEnd(socket));
    if (handshake) this.keeper.refused('handshake', handshake.address);
    socket.destroy();
  }
}

function otherEnd({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function certificateOf(socket: TLSSocket): PresentedCertificate | null {
  const raw = socket.getPeerX509Certificate()?.raw;
  if (!raw) return null;
  const facts = factsOf(raw);
  return {
    isTrusted: socket.authorized && facts !== null,
    name: facts?.name ?? '',
    fingerprint: facts?.fingerprint ?? '',
  };
}
