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

interface Record {
  readonly bucket: TokenBucket;
  quarantinedUntilMs: number;
}

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
  allow({ clientId, isVital, heardAtMs, address, laterAddress }: Rivals): boolean {
    const now = this.nowMs();
    const known = this.records.get(clientId);
    if (known && known.quarantinedUntilMs > now) {
      this.counters.refuse('quarantined', clientId, { laterAddress });
      return false;
    }
    if (now - heardAtMs >= stillSpeakingMs) return true;
    this.counters.add('takeovers');
    const record = known ?? this.open(clientId);
    if (!record.bucket.isEmpty() && record.bucket.take()) return true;
    this.counters.refuse('contested', clientId, { address, laterAddress });
    if (!isVital) record.quarantinedUntilMs = now + this.limits.quarantineMs;
    return isVital;
  }

  private open(clientId: string): Record {
    const perMinute = this.limits.takeOversPerMinute;
    const record = { bucket: new TokenBucket(perMinute / 60, perMinute, this.nowMs), quarantinedUntilMs: 0 };
    this.records.set(clientId, record);
    const [oldest] = this.records.keys();
    if (this.records.size > mostRemembered && oldest !== undefined) this.records.delete(oldest);
    return record;
  }
}
