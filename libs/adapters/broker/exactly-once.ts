// QoS 2 from one client, between PUBLISH and PUBREL (MQTT-4.3.3-2): a packet identifier is received once.
import type { Verdict } from './broker-policy.js';

export class ExactlyOnce {
  /** By packet identifier: what became, or is becoming, of its message. */
  private readonly outcomes = new Map<number, Promise<Verdict>>();
  private readonly received = new Set<number>();

  /** @param received identifiers of before a restart */
  constructor(received: readonly number[] = []) {
    for (const packetId of received) {
      this.outcomes.set(packetId, Promise.resolve('stored'));
      this.received.add(packetId);
    }
  }

  get size(): number {
    return this.outcomes.size;
  }

  isUnderWay(packetId: number): boolean {
    return this.outcomes.has(packetId);
  }

  /** Received and acknowledged, or about to be. */
  has(packetId: number): boolean {
    return this.received.has(packetId);
  }

  /** Runs `receive` once for an identifier until it is forgotten; what was not taken is run again. */
  once(packetId: number, receive: () => Promise<Verdict>): Promise<Verdict> {
    const known = this.outcomes.get(packetId);
    if (known) return known;
    const outcome = receive();
    this.outcomes.set(packetId, outcome);
    const drop = () => this.outcomes.delete(packetId);
    outcome.then(verdict => (isTaken(verdict) ? this.received.add(packetId) : drop()), drop);
    return outcome;
  }

  forget(packetId: number): void {
    this.outcomes.delete(packetId);
    this.received.delete(packetId);
  }
}

function isTaken(verdict: Verdict): boolean {
  return verdict === 'stored' || verdict === 'malformed' || verdict === 'passed';
}
