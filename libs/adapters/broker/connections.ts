// The open sockets, and which one is behind each of Aedes' clients.
import type { Duplex } from 'node:stream';
import type { Client } from 'aedes';
import type { Connection } from './connection.js';

export class Connections {
  private readonly byStream = new Map<Duplex, Connection>();

  add(connection: Connection): void {
    this.byStream.set(connection.stream, connection);
  }

  remove(connection: Connection): void {
    this.byStream.delete(connection.stream);
  }

  of(client: Client): Connection | undefined {
    return this.byStream.get(client.conn);
  }

  all(): Iterable<Connection> {
    return this.byStream.values();
  }
}
