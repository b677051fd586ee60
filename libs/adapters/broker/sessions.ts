// Who is connected now, by client and by the devices that a connection speaks for.
import { Injectable } from '@nestjs/common';
import type { Session } from './session.js';

@Injectable()
export class Sessions {
  private readonly byClient = new Map<string, Session>();
  private readonly byDevice = new Map<string, Session>();
  private readonly byChild = new Map<string, Session>();

  get size(): number {
    return this.byClient.size;
  }

  ofClient(clientId: string): Session | undefined {
    return this.byClient.get(clientId);
  }

  /** The device's own connection; its hub's, when it has none. */
  serving(deviceId: string): Session | undefined {
    return this.byDevice.get(deviceId) ?? this.byChild.get(deviceId);
  }

  add(session: Session): void {
    this.byClient.set(session.clientId, session);
    this.byDevice.set(session.deviceId, session);
    for (const child of session.children) this.byChild.set(child, session);
  }

  /** Leaves alone what a later session of the same identity holds. */
  remove(session: Session): void {
    drop(this.byClient, session.clientId, session);
    drop(this.byDevice, session.deviceId, session);
    for (const child of session.children) drop(this.byChild, child, session);
  }
}

function drop(map: Map<string, Session>, key: string, session: Session): void {
  if (map.get(key) === session) map.delete(key);
}
