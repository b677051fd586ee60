// Who is connected now: by client, by the devices that a connection speaks for, and by application.
import { Injectable } from '@nestjs/common';
import type { Session } from './session.js';

@Injectable()
export class Sessions {
  private readonly byClient = new Map<string, Session>();
  private readonly byDevice = new Map<string, Session>();
  private readonly byChild = new Map<string, Session>();
  private readonly byApplication = new Map<string, Set<Session>>();

  /** Rises whenever somebody is cut off: a login that began before it may rest on what no longer holds. */
  cuts = 0;

  get size(): number {
    return this.byClient.size;
  }

  ofClient(clientId: string): Session | undefined {
    return this.byClient.get(clientId);
  }

  /** Of several sessions of one client the one that began last. */
  isPresent({ clientId, number }: Session): boolean {
    return this.byClient.get(clientId)?.number === number;
  }

  /** The device's own connection; its hub's, when it has none. */
  serving(deviceId: string): Session | undefined {
    return this.byDevice.get(deviceId) ?? this.byChild.get(deviceId);
  }

  /** Ends the device's own connection; a child has none. */
  cutDevice(deviceId: string): void {
    const session = this.byDevice.get(deviceId);
    this.cut(session ? [session] : []);
  }

  ofApplication(applicationId: string): readonly Session[] {
    return [...(this.byApplication.get(applicationId) ?? [])];
  }

  cutApplication(applicationId: string): void {
    this.cut(this.ofApplication(applicationId));
  }

  /** After what is being acknowledged in this turn: the message that caused it was stored, and is not to come again. */
  private cut(sessions: readonly Session[]): void {
    this.cuts += 1;
    setImmediate(() => {
      for (const session of sessions) session.end('revoked');
    });
  }

  add(session: Session): void {
    const { clientId, identity } = session;
    this.byClient.set(clientId, session);
    switch (identity.kind) {
      case 'device':
        this.byDevice.set(identity.deviceId, session);
        for (const child of identity.children) this.byChild.set(child, session);
        break;
      case 'application': {
        const { applicationId } = identity;
        const connections = this.byApplication.get(applicationId) ?? new Set();
        this.byApplication.set(applicationId, connections.add(session));
        break;
      }
      default:
        identity satisfies never;
    }
  }

  /** Leaves alone what a later session of the same identity holds. */
  remove(session: Session): void {
    const { clientId, identity } = session;
    drop(this.byClient, clientId, session);
    switch (identity.kind) {
      case 'device':
        drop(this.byDevice, identity.deviceId, session);
        for (const child of identity.children) drop(this.byChild, child, session);
        break;
      case 'application': {
        const connections = this.byApplication.get(identity.applicationId);
        connections?.delete(session);
        if (connections?.size === 0) this.byApplication.delete(identity.applicationId);
        break;
      }
      default:
        identity satisfies never;
    }
  }
}

function drop(map: Map<string, Session>, key: string, session: Session): void {
  if (map.get(key) === session) map.delete(key);
}
