// What endpoints need from a store.
import type { Endpoint } from './endpoint.js';

export interface LastReceipt {
  readonly endpointId: string;
  /** When the last attempt ended. */
  readonly at: number;
  /** A delivery's state, or `retry`. */
  readonly outcome: string;
  /** When the last one ended that was accepted; null: none was. */
  readonly acceptedAt: number | null;
}

/** What may be another while it stays the same endpoint. */
export type EndpointUpdate = Partial<
  Pick<Endpoint, 'name' | 'secret' | 'locale' | 'confirmedAt' | 'provenAt' | 'lifeSafetyOnlySince'>
>;

export abstract class EndpointStore {
  /** False, and nothing is written, when the account has `atMost` already, however many come at once. */
  abstract insert(endpoint: Endpoint, atMost?: number): Promise<boolean>;
  abstract byId(id: string): Promise<Endpoint | null>;
  /** Oldest first. */
  abstract ofAccount(accountId: string): Promise<Endpoint[]>;
  /** Those of the home's contacts, oldest first. */
  abstract ofHome(homeId: string): Promise<Endpoint[]>;
  /** Puts these in place; nothing happens when it is gone. */
  abstract change(id: string, change: EndpointUpdate): Promise<void>;
  /** Removes it and cancels what is due on it; false when there is none. */
  abstract remove(id: string): Promise<boolean>;
  /** Of those endpoints to which anything was attempted. */
  abstract lastReceipts(endpointIds: readonly string[]): Promise<LastReceipt[]>;
}
