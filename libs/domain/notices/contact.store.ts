// What the contacts of homes need from a store.
import type { Contact } from './contact.js';
import type { Endpoint } from './endpoint.js';

export abstract class ContactStore {
  /**
   * The contact with the endpoint on which they are reached, or neither. False, and nothing is written, when the home
   * has `atMost` already, however many come at once.
   */
  abstract insert(contact: Contact, endpoint: Endpoint, atMost?: number): Promise<boolean>;
  abstract byId(id: string): Promise<Contact | null>;
  /** Oldest first. */
  abstract ofHome(homeId: string): Promise<Contact[]>;
  /** With every endpoint; what is due there is cancelled. False when there is none. */
  abstract remove(id: string): Promise<boolean>;
}
