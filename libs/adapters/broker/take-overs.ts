// Connections that end another of the same client: bad Wi-Fi, or somebody with a copy of its credential.
import type { BrokerCounters } from './broker-counters.js';
import type { BrokerLimits } from './broker-settings.js';
import { monotonicMs, TokenBucket } from './token-bucket.js';

/** A first connection that was silent for longer is an old one that nobody closed: bad Wi-Fi is no attack. */
const stillSpeakingMs = 5_000;
const mostRemembered = 10_000;

export interface Rivals {
  readonly clientId: string;
  /** What watches over lives is never kept out, whoever else has its credential. */
  readonly isVital: boolean;
  /** When the first one last said something, by a clock that nobody can set. */
  readonly heardAtMs: number;
  readonly address: string;
  readonly laterAddress: string;
}

/** What is to be done about a later connection. */
export interface Judgement {
  readonly mayEnter: boolean;
  /** It was too often, and was not said for a while: whoever can do something about it should hear so. */
  readonly isNews: boolean;
}

interface Record {
  readonly bucket: TokenBucket;
  quarantinedUntilMs: number;
  saidUntilMs: number;
}

const welcome: Judgement = { mayEnter: true, isNews: false };
const keptOut: Judgement = { mayEnter: false, isNews: false };

export class TakeOvers {
  private readonly records = new Map<string, Record>();

  constructor(
    private readonly limits: Pick<BrokerLimits, 'takeOversPerMinute' | 'quarantineMs'>,
    private readonly counters: BrokerCounters,
    private readonly nowMs: () => number = monotonicMs,
  ) {}

  /**
   * Whether the later connection may end the first (MQTT-3.1.4-2). Which of the two is the true one cannot be told:
   * past the limit it is reported, and for a while the one that is there is left in peace.
   */
  judge({ clientId, isVital, heardAtMs, address, laterAddress }: Rivals): Judgement {
    const now = this.nowMs();
    const known = this.records.get(clientId);
    if (known && known.quarantinedUntilMs > now) {
      this.counters.refuse('quarantined', clientId, { laterAddress });
      return keptOut;
    }
    if (now - heardAtMs >= stillSpeakingMs) return welcome;
    this.counters.add('takeovers');
    const record = known ?? this.open(clientId);
    if (!record.bucket.isEmpty() && record.bucket.take()) return welcome;
    this.counters.refuse('contested', clientId, { address, laterAddress });
    const isNews = now >= record.saidUntilMs;
    if (isNews) record.saidUntilMs = now + this.limits.quarantineMs;
    if (!isVital) record.quarantinedUntilMs = now + this.limits.quarantineMs;
    return { mayEnter: isVital, isNews };
  }

  private open(clientId: string): Record {
    const perMinute = this.limits.takeOversPerMinute;
    const bucket = new TokenBucket(perMinute / 60, perMinute, this.nowMs);
    const record = { bucket, quarantinedUntilMs: 0, saidUntilMs: 0 };
    this.records.set(clientId, record);
    const [oldest] = this.records.keys();
    if (this.records.size > mostRemembered && oldest !== undefined) this.records.delete(oldest);
    return record;
  }
}
