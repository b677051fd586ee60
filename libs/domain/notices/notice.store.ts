// What the notices room needs from a store; notices and deliveries are inserted by the intake's commit.
import type { Delivery, LeasedDelivery, Settlement } from './delivery.js';
import type { Notice } from './notice.js';

export abstract class NoticeStore {
  /** Notices with a counter over `after`, oldest first. */
  abstract after(accountId: string, counter: number, limit: number): Promise<Notice[]>;
  /** Newest first. */
  abstract latest(accountId: string, limit: number): Promise<Notice[]>;
  /** Of one person about one alarm (or another subject), oldest first. */
  abstract ofAlarm(accountId: string, alarmId: string): Promise<Notice[]>;
}

export abstract class OutboxStore {
  /**
   * Takes up to `limit` deliveries that are due and not leased, for `leaseMs`. Of one (subject, endpoint) only the
   * earliest unsettled one is given, so that "cleared" never overtakes "raised". Several workers never get the same.
   */
  abstract lease(now: number, leaseMs: number, limit: number): Promise<LeasedDelivery[]>;
  /**
   * Counts an attempt, records what became of it and ends the lease; does nothing if the lease was lost meanwhile.
   * With an endpoint that is gone goes whatever else is due there.
   */
  abstract settle(delivery: LeasedDelivery, settlement: Settlement, now: number): Promise<void>;
  /** How many are not settled. */
  abstract due(): Promise<number>;
  /** When the next unsettled delivery is due; null: none. */
  abstract nextDueAt(): Promise<number | null>;
  abstract ofAlarm(accountId: string, alarmId: string): Promise<Delivery[]>;
}
