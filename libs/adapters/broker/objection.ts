// Why the gate lets a packet through no further: a clause of MQTT that it breaks, or a limit of this broker.
import type { RefusalReason } from './broker-counters.js';
import type { Clause } from './clauses.js';

export interface Objection {
  readonly reason: RefusalReason;
  /** Null for a limit, which is the house's own. */
  readonly clause: Clause | null;
}

/** Reasons of their own; every other clause is counted as `protocol`. */
const reasons: Partial<Record<Clause, RefusalReason>> = {
  'MQTT-2.2.3': 'remaining-length',
  'MQTT-3.1.0-1': 'not-connect-first',
  'MQTT-3.1.2-2': 'protocol-version',
};

export function breach(clause: Clause): Objection {
  return { reason: reasons[clause] ?? 'protocol', clause };
}

export function excess(reason: RefusalReason): Objection {
  return { reason, clause: null };
}
