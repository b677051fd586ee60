// The outbox, as the dispatcher sees it; deliveries enter it by the intake's commit.
import type { ChannelKind } from '#codecs/api';
import type { Attempt, Delivery, LeasedDelivery, Settlement } from './delivery.js';

/** A delivery that could be leased. */
export type Candidate = Pick<Delivery, 'id' | 'accountId' | 'endpointId' | 'channel' | 'class'>;

export interface LeaseTerms {
  /** Class L alone, or the others alone; left out, all of them. */
  readonly urgent?: boolean;
  /** Whose turn it cannot be. */
  readonly without?: {
    readonly endpointIds: readonly string[];
    readonly accountIds: readonly string[];
    readonly channels: readonly ChannelKind[];
  };
  /** Asked in the order of being due, until `limit` were admitted. */
  readonly admits?: (candidate: Candidate) => boolean;
}

export abstract class OutboxStore {
  /**
   * Takes up to `limit` deliveries that are due and not leased, for `leaseMs`. Of one (subject, endpoint) only the
   * earliest unsettled one is given, so that "cleared" never overtakes "raised"; of a bundle all, or none. Several
   * workers never get the same.
   */
  abstract lease(now: number, leaseMs: number, limit: number, terms?: LeaseTerms): Promise<LeasedDelivery[]>;
  /**
   * Records what became of it and ends the lease; does nothing if the lease was lost meanwhile. In the same transaction
   * the attempt is kept, the person's next channel becomes due where the settlement says so, and an endpoint that is
   * gone is removed with whatever else is due there.
   */
  abstract settle(delivery: LeasedDelivery, settlement: Settlement, now: number): Promise<void>;
  /**
   * Ends the leases of a process that is no more, when this one has just started. Where several workers share the
   * outbox nobody can tell them from those of the living, and they run out by themselves.
   */
  abstract takeBack(): Promise<void>;
  /** How many are not settled, those that are held left out. */
  abstract due(): Promise<number>;
  /** When the next unsettled delivery is due; null: none. */
  abstract nextDueAt(): Promise<number | null>;
  abstract ofAlarm(accountId: string, alarmId: string): Promise<Delivery[]>;
  /** Of all deliveries of a subject to this person, oldest first, by the delivery's id. */
  abstract attempts(accountId: string, subjectId: string): Promise<ReadonlyMap<string, readonly Attempt[]>>;
  /** Those that were given up or refused, newest first. */
  abstract dead(limit: number): Promise<Delivery[]>;
  /** Makes dead letters due again, with their ids; null: all of them. @returns how many; not those without an endpoint. */
  abstract replay(ids: readonly string[] | null, now: number): Promise<number>;
}
