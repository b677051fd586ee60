// The port to the air: broadcast datagrams of given lengths at given times, and hear who answers.

/** Where to broadcast. */
export interface AirTarget {
  /** Broadcast address: 255.255.255.255, or that of one network. */
  readonly to: string;
  /** The sender's own address, where the interface has to be chosen. */
  readonly from?: string;
}

export interface AirOptions {
  /** Every datagram goes to all of them. */
  readonly targets: readonly [AirTarget, ...AirTarget[]];
  /** Port on which devices answer. */
  readonly ackPort: number;
  /** Called for each datagram that is not the sender's own. */
  readonly onAnswer: (answer: Answer) => void;
}

/** One datagram to be sent; only its length matters. */
export interface Datagram {
  readonly length: number;
  readonly port: number;
  /** When, in milliseconds since the first. */
  readonly atMs: number;
}

/** A datagram that came in. */
export interface Answer {
  readonly bytes: Uint8Array;
  readonly address: string;
}

/** How the times of datagrams were kept. */
export interface Timing {
  /** Between one datagram and the next, as they were really sent. */
  readonly gapMs: {
    readonly min: number;
    readonly median: number;
    readonly p99: number;
    readonly max: number;
  };
  /** By how much the whole took longer than planned. */
  readonly driftMs: number;
}

/** What became of the datagrams. */
export interface Pacing extends Timing {
  readonly sent: number;
  /** Datagrams that the system refused. */
  readonly refused: number;
}

/** An open air. */
export interface AirLink {
  /** Sends datagrams at their times, until they end or the signal says so; a late one never delays the rest. */
  play(datagrams: Iterable<Datagram>, signal: AbortSignal): Promise<Pacing>;
  /** Waits and hears, no longer than this. */
  linger(durationMs: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Opens sockets; throws DomainError `no-broadcast` or `port-busy` when it cannot. */
export abstract class Air {
  abstract open(options: AirOptions): Promise<AirLink>;
}
