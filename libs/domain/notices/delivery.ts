// A delivery: one notice on its way over one channel to one endpoint; the rows are the outbox.
import type { AlarmClass, ChannelKind } from '#codecs/api';
import type { Endpoint } from './endpoint.js';
import type { Notice } from './notice.js';

export interface DeliveryDraft {
  /** Stable: notice id and endpoint; the receiver drops what it has seen. */
  readonly id: string;
  readonly noticeId: string;
  /** Of the notice. */
  readonly subjectId: string;
  readonly accountId: string;
  readonly channel: ChannelKind;
  readonly endpointId: string;
  /** Null when the endpoint is the account's own; else the contact's whose it is. */
  readonly contactId: string | null;
  readonly class: AlarmClass;
  /** The place of its channel in the person's order; when one fails, the next is told at once. */
  readonly rank: number;
  /** At which stage of the alarm's escalation it is told in any case; 0: at once. */
  readonly stage: number;
  readonly dueAt: number;
  /** What waits for the same hour goes out as one message. */
  readonly bundle: string | null;
}

/**
 * How a delivery enters the outbox. `due`: it goes at its time. `held`: it waits for its stage, or for the failure of
 * the channel before it. `if-told`: it goes if the endpoint was told of the subject before or is about to be, and is not kept otherwise:
 * nobody hears that something is over who never heard of it.
 */
export type Entry = 'due' | 'held' | 'if-told';

export interface QueuedDelivery extends DeliveryDraft {
  readonly enters: Entry;
}

/** What happens to the deliveries of a subject that are held. */
export interface HeldChange {
  readonly subjectId: string;
  /** Up to this stage they are due now; null: none of them is needed any more. */
  readonly upTo: number | null;
  readonly at: number;
}

export type DeliveryState = 'held' | 'due' | 'accepted' | 'refused' | 'dead' | 'cancelled';

export interface Delivery extends DeliveryDraft {
  readonly state: DeliveryState;
  readonly attempts: number;
  /** What became of the last attempt, in words without secrets. */
  readonly detail: string | null;
  readonly settledAt: number | null;
}

/** A delivery that this worker holds until `leaseUntil`, with what it is to say and where. */
export interface LeasedDelivery extends Delivery {
  readonly leaseUntil: number;
  readonly notice: Notice;
  readonly endpoint: Endpoint;
  /** Of the home in which its device stands; null: it stands in none. */
  readonly timeZone: string | null;
}

/** What became of one attempt: providers' errors are values. */
export type Receipt =
  | { readonly outcome: 'accepted'; readonly detail: string }
  /**
   * `isHeldBack`: by ourselves; the other side was not asked, and nothing follows for what else goes there.
   * `isUnreachable`: nobody was there to ask, whoever it is for, so that it tells of the provider and not of the address.
   */
  | {
      readonly outcome: 'retry';
      readonly detail: string;
      readonly afterMs?: number | undefined;
      readonly isHeldBack?: boolean;
      readonly isUnreachable?: boolean;
    }
  /** `isGone`: the endpoint does not exist any more, says who would know. */
  | { readonly outcome: 'refused'; readonly detail: string; readonly isGone?: boolean | undefined };

export interface Settlement {
  readonly state: 'accepted' | 'refused' | 'dead' | 'due';
  readonly detail: string;
  /** Of `due`: when it is tried again. */
  readonly dueAt?: number;
  /** The endpoint does not exist any more: it is removed. */
  readonly endpointIsGone?: boolean;
  /** It was seen to have arrived: the endpoint is proven. */
  readonly isProof?: boolean;
  /** The next channel of the same person is told of it now. */
  readonly tellsNext: boolean;
  /** What was attempted; null: nothing was, because the other side is known not to answer at present. */
  readonly attempt: Attempt | null;
}

/** One attempt, as it is kept. */
export interface Attempt {
  readonly at: number;
  readonly tookMs: number;
  readonly outcome: Receipt['outcome'];
  readonly detail: string;
}
