// What the broker has done so far, in numbers, and one log line for each kind of refusal and culprit at a time.
import { Injectable, Logger } from '@nestjs/common';
import type { Clause } from './clauses.js';

/** Every reason for which the broker refuses something or ends a connection of its own accord. */
export type RefusalReason =
  | 'address-full'
  | 'application-sessions-full'
  | 'backlog-full'
  | 'certificate-missing'
  | 'connect-too-late'
  | 'contested'
  | 'credentials'
  | 'crowded-out'
  | 'filter-forbidden'
  | 'filters-full'
  | 'filters-too-many'
  | 'handshake'
  | 'handshakes-full'
  | 'login-rate'
  | 'not-connect-first'
  | 'output-full'
  | 'packet-too-late'
  | 'packet-too-long'
  | 'protocol'
  | 'protocol-version'
  | 'publish-forbidden'
  | 'put-off'
  | 'queue-full'
  | 'queues-full'
  | 'quarantined'
  | 'rate'
  | 'reader-frozen'
  | 'retained-full'
  | 'remaining-length'
  | 'revoked'
  | 'sessions-full'
  | 'store-unavailable'
  | 'taken-over'
  | 'topic-levels'
  | 'topic-too-long'
  | 'will-forbidden';

type Count =
  | 'connections.open'
  | 'connections.total'
  | 'sessions.open'
  | 'sessions.forgotten'
  | 'logins'
  | 'messages'
  | 'acknowledged'
  | 'malformed'
  | 'duplicates'
  | 'takeovers'
  | 'wills'
  | 'wills-held-back'
  | 'told'
  | 'fanned-out'
  | 'unkept'
  | `refused.${RefusalReason}`
  /** Of the refusals, those for a clause of MQTT, by clause. */
  | `clause.${Clause}`;

const quietMs = 10_000;
const mostCulprits = 1_000;
const longestFact = 128;

@Injectable()
export class BrokerCounters {
  private readonly counts = new Map<Count, number>();
  private readonly lastLine = new Map<string, { at: number; untold: number }>();
  private readonly logger = new Logger('Broker');

  /** Whoever wants to hear of every refusal; `culprit` is a client's id, or an address before there is a client. */
  onRefusal: ((reason: RefusalReason, culprit: string) => void) | null = null;

  add(count: Count, by = 1): void {
    this.counts.set(count, (this.counts.get(count) ?? 0) + by);
  }

  /** Counts a refusal and logs it: the first of a reason and culprit at once, the rest as a number every 10 s. */
  refuse(
    reason: RefusalReason,
    culprit: string,
    facts: Readonly<Record<string, string | number>> = {},
  ): void {
    this.add(`refused.${reason}`);
    this.onRefusal?.(reason, culprit);
    const key = `${reason} ${culprit.slice(0, longestFact)}`;
    const last = this.lastLine.get(key);
    const now = performance.now();
    if (last && now - last.at < quietMs) {
      last.untold += 1;
      return;
    }
    // Culprits choose their own names, so what is remembered of them is bounded.
    if (this.lastLine.size >= mostCulprits) this.lastLine.clear();
    this.lastLine.set(key, { at: now, untold: 0 });
    const untold = last?.untold ?? 0;
    this.logger.warn({ event: 'mqtt-refused', reason, ...bounded({ culprit, ...facts }), untold });
  }

  read(): Record<string, number> {
    return Object.fromEntries(this.counts);
  }
}

/** Names and topics are the other side's choice, and may be 64 KB long. */
function bounded(facts: Readonly<Record<string, string | number>>): Record<string, string | number> {
  const entries = Object.entries(facts);
  return Object.fromEntries(
    entries.map(([name, fact]) => [name, typeof fact === 'string' ? fact.slice(0, longestFact) : fact]),
  );
}
