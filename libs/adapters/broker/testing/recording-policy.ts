// A policy for tests: everybody with the right secret may speak below his own topic, and all of it is written down.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { applicationOf } from '#domain/applications';
import type { BrokerChange } from '#domain/intake';
import {
  type Admission,
  type ApplicationIdentity,
  BrokerPolicy,
  type BrokerSession,
  type Identity,
  type Login,
  type Packet,
  type Verdict,
  type Way,
  wayOf,
} from '../broker-policy.js';

export const secret = 'a secret of thirty-two random bytes';

export interface Received {
  readonly clientId: string;
  readonly topic: string;
  readonly payload: string;
}

export class RecordingPolicy extends BrokerPolicy {
  readonly logins: Login[] = [];
  readonly received: Received[] = [];
  readonly subscriptions: { clientId: string; filter: string }[] = [];
  readonly contests: Identity[] = [];
  readonly departures: { clientId: string; number: number; will: Packet | null }[] = [];
  /** By hub. */
  readonly children = new Map<string, readonly string[]>();
  readonly vital = new Set<string>();
  /** A general broker: everybody may say and hear everything, and wills are said. */
  isOpen = false;

  /** Decides about a packet that was just written down. */
  verdict: (packet: Packet) => Promise<Verdict> = async () => 'stored';
  /** Whether nobody is to wait for this one. */
  standsAside: (packet: Packet) => boolean = () => false;
  /** Where what listeners are owed is stored. */
  keep: (changes: readonly BrokerChange[]) => Promise<void> = async () => {};
  whenSubscribed: (session: BrokerSession, filter: string) => void = () => {};

  async authenticate(login: Login): Promise<Admission> {
    this.logins.push(login);
    const { clientId: deviceId, certificate } = login;
    const isKnown = certificate
      ? certificate.isTrusted && certificate.name === deviceId
      : deviceId === login.username && Buffer.from(login.password ?? []).toString() === secret;
    if (!isKnown && !this.isOpen) return { admitted: false, reason: 'credentials' };
    const applicationId = applicationOf(deviceId)?.split('/')[0];
    if (applicationId !== undefined) return { admitted: true, identity: anything(applicationId) };
    const children = this.children.get(deviceId) ?? [];
    return {
      admitted: true,
      identity: { kind: 'device', deviceId, children, isVital: this.vital.has(deviceId) },
    };
  }

  contested(identity: Identity): void {
    this.contests.push(identity);
  }

  mayPublish({ identity }: BrokerSession, topic: string): boolean {
    if (this.isOpen) return true;
    if (identity.kind !== 'device') return false;
    return [identity.deviceId, ...identity.children].some(id => topic.startsWith(`v1/devices/${id}/`));
  }

  maySubscribe(session: BrokerSession, filter: string): boolean {
    return this.isOpen || (this.mayPublish(session, filter) && !filter.includes('#'));
  }

  way(session: BrokerSession, topic: string): Way | null {
    if (!this.mayPublish(session, topic)) return null;
    const { take } = wayOf((packet, changes) => this.receive(session, packet, changes));
    return {
      take: (packet, changes, answer) => {
        take(packet, changes, answer);
        if (this.standsAside(packet)) answer('aside');
      },
    };
  }

  private async receive(
    { clientId }: BrokerSession,
    packet: Packet,
    changes: readonly BrokerChange[],
  ): Promise<Verdict> {
    this.received.push({ clientId, topic: packet.topic, payload: Buffer.from(packet.payload).toString() });
    const verdict = await this.verdict(packet);
    if (verdict === 'stored' && changes.length > 0) await this.keep(changes);
    return verdict;
  }

  subscribed(session: BrokerSession, filter: string): void {
    this.subscriptions.push({ clientId: session.clientId, filter });
    this.whenSubscribed(session, filter);
  }

  gone({ clientId, number }: BrokerSession, will: Packet | null): Packet | null {
    this.departures.push({ clientId, number, will });
    return this.isOpen ? will : null;
  }
}

function anything(applicationId: string): ApplicationIdentity {
  return { kind: 'application', applicationId, publish: ['#'], subscribe: ['#'] };
}

/** Group commit as the intake does it: what arrives while one commit runs makes up the next. */
export class BatchingStore {
  readonly batches: number[] = [];
  private waiting: (() => void)[] = [];
  private running = false;

  join(): Promise<Verdict> {
    return new Promise(resolve => {
      this.waiting.push(() => resolve('stored'));
      if (!this.running) void this.commit();
    });
  }

  private async commit(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      for (let turn = 0; turn < 3; turn += 1) await nextTurn();
      this.batches.push(batch.length);
      for (const resolve of batch) resolve();
    }
    this.running = false;
  }
}

/** A promise that is resolved from outside. */
export class Held<T> {
  resolve: (value: T) => void = () => {};
  readonly promise = new Promise<T>(resolve => {
    this.resolve = resolve;
  });
}
