// The ways in: TCP, TLS and WebSocket. Every socket that comes takes a place of its address, and gives it back at its end.
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type AddressBook, plainAddress } from './address-book.js';
import type { BrokerCounters } from './broker-counters.js';
import type { PresentedCertificate } from './broker-policy.js';
import type { BrokerSettings } from './broker-settings.js';
import { TcpDoor } from './tcp-door.js';
import { TlsDoor, type TlsIdentity } from './tls-door.js';
import { WebSocketDoor } from './web-socket-door.js';

/** As many as come at once after a power cut. Linux gives no more than `net.core.somaxconn`, which is 4 096 too. */
const crowd = 4_096;

export interface DoorKeeper {
  readonly isOpen: boolean;
  enter(stream: Duplex, address: string, certificate: PresentedCertificate | null): void;
}

export class Doors {
  private readonly tcp: TcpDoor;
  private readonly tls: TlsDoor;
  private readonly webSocket: WebSocketDoor;
  private tlsPort: Promise<number> | null = null;

  constructor(
    private readonly settings: BrokerSettings,
    private readonly addresses: AddressBook,
    private readonly counters: BrokerCounters,
    private readonly keeper: DoorKeeper,
  ) {
    const { limits } = settings;
    this.tcp = new TcpDoor(socket => this.welcome(socket, socket.remoteAddress), 'MQTT_PORT', crowd);
    this.tls = new TlsDoor(limits, {
      admit: socket => this.admit(socket, socket.remoteAddress),
      refused: (reason, address) => counters.refuse(reason, address),
      enter: (socket, address, certificate) => keeper.enter(socket, address, certificate),
    });
    this.webSocket = new WebSocketDoor((stream, peer) => this.welcome(stream, peer), limits.packetBytes);
  }

  /** @returns the port that it has. @throws DomainError `port-busy`. */
  listen(): Promise<number> {
    return this.tcp.listen(this.settings.port, this.settings.host);
  }

  /** Told again, it shows the new identity to whoever comes from then on. @returns the port that it has. */
  secure(identity: TlsIdentity): Promise<number> {
    this.tls.show(identity);
    this.tlsPort ??= this.tls.listen(this.settings.tlsPort, this.settings.host).catch(fault => {
      this.tlsPort = null;
      throw fault;
    });
    return this.tlsPort;
  }

  attachWebSocket(server: Server, path: string): void {
    this.webSocket.attach(server, path);
  }

  /** Take nobody new; the sockets that are open stay so. */
  stop(): void {
    this.tcp.stop();
    this.tls.stop();
    this.webSocket.stop();
  }

  private welcome(stream: Duplex, peer: string | undefined): void {
    const address = this.admit(stream, peer);
    if (address !== null) this.keeper.enter(stream, address, null);
  }

  /** Takes a place of its address for a socket; null when it was turned away. */
  private admit(stream: Duplex, peer: string | undefined): string | null {
    const address = plainAddress(peer);
    stream.on('error', ignore);
    if (this.keeper.isOpen && this.addresses.enter(address)) {
      stream.on('close', () => this.addresses.leave(address));
      return address;
    }
    if (this.keeper.isOpen) this.counters.refuse('address-full', address);
    stream.destroy();
    return null;
  }
}

/** A socket's own error is followed by its end, and that is all there is to it. */
const ignore = () => {};
