// What the contacts of homes need from a store.
import type { Contact } from './contact.js';
import type { Endpoint } from './endpoint.js';

export abstract class ContactStore {
  /** The contact with the endpoint on which they are reached, or neither. */
  abstract insert(contact: Contact, endpoint: Endpoint): Promise<void>;
  abstract byId(id: string): Promise<Contact | null>;
  /** Oldest first. */
  abstract ofHome(homeId: string): Promise<Contact[]>;
  /** With every endpoint; what is due there is cancelled. False when there is none. */
  abstract remove(id: string): Promise<boolean>;
}
