// From what one attempt came to, to what becomes of its delivery.
import type { LeasedDelivery, Receipt, Settlement } from './delivery.js';
import { endpointKind } from './endpoint-kinds.js';

const firstWaitMs = 1_000;
const longestWaitMs = 5 * 60_000;
/** About an hour and a half of waiting. */
const mostAttempts = 25;
/** What waited for a broken endpoint was not attempted, and is given up all the same. */
const mostAgeMs = 24 * 60 * 60_000;

interface Attempted {
  readonly startedAt: number;
  readonly endedAt: number;
  /** From 0 up to 1. */
  readonly chance: number;
}

/** Refused, the person's next channel is told at once; for life safety it is told beside an attempt that goes on. */
export function settlementOf(
  delivery: LeasedDelivery,
  receipt: Receipt,
  { startedAt, endedAt, chance }: Attempted,
): Settlement {
  const { outcome, detail } = receipt;
  const attempt = { at: startedAt, tookMs: endedAt - startedAt, outcome, detail };
  switch (outcome) {
    case 'accepted':
      return { state: 'accepted', detail, tellsNext: false, attempt, isProof: provesByAnswer(delivery) };
    case 'refused':
      return { state: 'refused', detail, tellsNext: true, attempt, endpointIsGone: receipt.isGone ?? false };
    case 'retry': {
      const attempts = delivery.attempts + 1;
      if (attempts >= mostAttempts || isOld(delivery, endedAt))
        return { state: 'dead', detail, tellsNext: true, attempt };
      const waitMs = Math.ceil(Math.max(receipt.afterMs ?? 0, backoffMs(attempts, chance)));
      return { state: 'due', dueAt: endedAt + waitMs, detail, tellsNext: isUrgent(delivery), attempt };
    }
    default:
      return receipt satisfies never;
  }
}

/** Of a delivery that was not attempted, because its endpoint is known not to answer. */
export function postponed(delivery: LeasedDelivery, until: number, now: number, chance: number): Settlement {
  const detail = 'not tried: nothing has been answered there for a while';
  if (isOld(delivery, now)) return { state: 'dead', detail, tellsNext: true, attempt: null };
  const dueAt = until + Math.ceil(chance * firstWaitMs);
  return { state: 'due', dueAt, detail, tellsNext: isUrgent(delivery), attempt: null };
}

/** Whoever takes it there is the person's own; elsewhere a person has to say that it came. */
const provesByAnswer = ({ channel }: LeasedDelivery) => endpointKind(channel).provenBy === 'answer';
const isUrgent = (delivery: LeasedDelivery): boolean => delivery.class === 'L';
const isOld = ({ notice }: LeasedDelivery, now: number): boolean => now - notice.createdAt > mostAgeMs;

/** Doubles up to five minutes; a quarter of it is chance, so that what failed together does not return together. */
function backoffMs(attempts: number, chance: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (attempts - 1)) * (0.75 + chance / 4);
}
