// A delivery: one notice on its way over one channel to one endpoint; the rows are the outbox.
import type { ChannelKind } from '#codecs/api';
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
  readonly dueAt: number;
}

export type DeliveryState = 'due' | 'accepted' | 'refused' | 'dead' | 'cancelled';

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
}

/** What became of one attempt: providers' errors are values. */
export type Receipt =
  | { readonly outcome: 'accepted'; readonly detail: string }
  | { readonly outcome: 'retry'; readonly detail: string; readonly afterMs?: number }
  /** `isGone`: the endpoint does not exist any more, says who would know. */
  | { readonly outcome: 'refused'; readonly detail: string; readonly isGone?: boolean | undefined };

export type Settlement =
  | { readonly state: 'accepted' | 'dead' | 'cancelled'; readonly detail: string }
  | { readonly state: 'refused'; readonly detail: string; readonly endpointIsGone?: boolean | undefined }
  | { readonly state: 'due'; readonly dueAt: number; readonly detail: string };
