// Where the broker listens and the number of every limit; past a limit there is a refusal, a counter and a log line.

export interface BrokerLimits {
  /** Longest packet: a picture of 512 KB with its topic. Checked on the declared length, before anything is kept. */
  readonly packetBytes: number;
  readonly connectBytes: number;
  /** From the socket's opening to the whole CONNECT. */
  readonly connectMs: number;
  /** From the first byte of any later packet to its last. A picture has this long on a slow line. */
  readonly packetMs: number;
  /** Sockets whose login is not through: past it the one that has kept its CONNECT back longest goes. */
  readonly waitingLogins: number;
  /** Messages a second and client; past the burst its socket is read no faster. */
  readonly messagesPerS: number;
  readonly burst: number;
  /** Packets a second and client that are no messages. */
  readonly packetsPerS: number;
  readonly topicLevels: number;
  readonly topicBytes: number;
  /** Of one SUBSCRIBE or UNSUBSCRIBE. */
  readonly filtersPerPacket: number;
  /** Output that a client has not read: nothing more is written to it past this, … */
  readonly unreadBytes: number;
  /** … and it is dropped when its backlog has not emptied for this long. */
  readonly unreadMs: number;
  /** Messages that one client has not acknowledged: past it, or past so many bytes of them, the newest is dropped. */
  readonly queuedPerClient: number;
  readonly queuedBytes: number;
  /** The same of all clients together: past it, whoever has more than a few gets no more. */
  readonly queuedInAll: number;
  readonly queuedInAllBytes: number;
  readonly filtersPerClient: number;
  readonly filtersInAll: number;
  /** Sessions that are kept for clients between their connections, … */
  readonly keptSessions: number;
  /** The same of one application, whose clients may be as many as it likes. */
  readonly keptSessionsPerApplication: number;
  /** … and after how long without them they are forgotten. */
  readonly keptSessionDays: number;
  /** All retained messages in memory: past it nothing more is retained. */
  readonly retainedBytes: number;
  /** QoS 2 messages of one client between PUBLISH and PUBREL. */
  readonly exactlyOnceInFlight: number;
  readonly failedLoginsPerMinute: number;
  readonly connectionsPerAddress: number;
  /** Of one client while the first connection still speaks; past it the credential is reported as contested, … */
  readonly takeOversPerMinute: number;
  /** … and for how long nobody takes over then, unless lives depend on it. */
  readonly quarantineMs: number;
  /** TLS connections that are being made at the same time. */
  readonly handshakes: number;
  /** Messages of all clients together that are neither stored nor refused yet, and their bytes: past it nobody is read. */
  readonly unansweredMessages: number;
  readonly unansweredBytes: number;
  /** How long a stop waits for what is being stored. */
  readonly drainMs: number;
}

export const usualLimits: BrokerLimits = {
  packetBytes: 513 * 1024,
  connectBytes: 64 * 1024,
  connectMs: 10_000,
  packetMs: 60_000,
  waitingLogins: 4_000,
  messagesPerS: 50,
  burst: 200,
  packetsPerS: 500,
  topicLevels: 8,
  topicBytes: 1_024,
  filtersPerPacket: 100,
  unreadBytes: 1024 * 1024,
  unreadMs: 5_000,
  queuedPerClient: 1_000,
  queuedBytes: 8 * 1024 * 1024,
  queuedInAll: 200_000,
  queuedInAllBytes: 256 * 1024 * 1024,
  filtersPerClient: 1_000,
  filtersInAll: 1_000_000,
  keptSessions: 100_000,
  keptSessionsPerApplication: 100,
  keptSessionDays: 30,
  retainedBytes: 64 * 1024 * 1024,
  exactlyOnceInFlight: 100,
  failedLoginsPerMinute: 20,
  connectionsPerAddress: 200,
  takeOversPerMinute: 3,
  quarantineMs: 300_000,
  handshakes: 500,
  unansweredMessages: 20_000,
  unansweredBytes: 64 * 1024 * 1024,
  drainMs: 5_000,
};

const usualTlsPort = 8883;

export interface BrokerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Of the TLS listener, which is opened when there is something to show; 0 takes a free one. 8883 unless told. */
  readonly tlsPort?: number;
  /** All interfaces unless told. */
  readonly host?: string;
  readonly limits?: Partial<BrokerLimits>;
  /**
   * Addresses that share their limits among many (a test, a proxy, a whole home behind one router): no limit by
   * address holds for them. Loopback, unless told.
   */
  readonly exemptAddresses?: readonly string[];
}

export class BrokerSettings {
  readonly port: number;
  readonly tlsPort: number;
  readonly host: string | undefined;
  readonly limits: BrokerLimits;
  readonly exemptAddresses: ReadonlySet<string>;

  constructor({
    port,
    tlsPort = usualTlsPort,
    host,
    limits,
    exemptAddresses = ['127.0.0.1', '::1'],
  }: BrokerOptions) {
    this.port = port;
    this.tlsPort = tlsPort;
    this.host = host;
    this.limits = { ...usualLimits, ...limits };
    this.exemptAddresses = new Set(exemptAddresses);
  }
}
