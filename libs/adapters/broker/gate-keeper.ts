// What the gate tells whoever stands behind it, and asks him.
import type { Awaited } from './answers.js';
import type { Packet } from './broker-policy.js';
import type { Objection } from './objection.js';

export interface GateKeeper {
  /** Something that ends the connection; the gate gives nothing more of it. */
  refused(objection: Objection): void;
  /** The client says more than it may; it is read more slowly from here on. */
  slowed(): void;
  /** The CONNECT is whole and on its way to Aedes. */
  introduced(): void;
  /** What the message under this packet identifier waits for. */
  awaits(packetId: number): Awaited;
  /** A PUBREC that was waited for. */
  received(packetId: number): void;
  /** A sound message of QoS 0 or 1, whose bytes are still in the chunk. False: it goes the long way, through Aedes. */
  hear(packet: Packet, packetId: number): boolean;
  /** Messages that it may say before one of them is answered. */
  mostAtOnce(): number;
  /** Whether so many are unanswered; `answered` of the gate is called when they are not any more. */
  isBehind(): boolean;
  /** Whether nobody's messages are taken at present; `wake` of the gate is called when they are again. */
  mustRest(): boolean;
}
