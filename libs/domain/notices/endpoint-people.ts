// Whose an endpoint is: the account that looks after it, and the home if it is a contact's.
import { Injectable } from '@nestjs/common';
import { type Account, AccountStore } from '#domain/accounts';
import { type Home, HomeStore } from '#domain/homes';
import type { Contact } from './contact.js';
import { ContactStore } from './contact.store.js';
import type { Endpoint } from './endpoint.js';
import { LiveFeed } from './live-feed.js';
import { RecipientChanges } from './recipient.js';

export interface EndpointPerson {
  /** Its owner; for a contact's, the owner of the home. */
  readonly account: Account;
  /** Null for an owner's own. */
  readonly contact: { readonly contact: Contact; readonly home: Home } | null;
}

@Injectable()
export class EndpointPeople {
  constructor(
    private readonly accounts: AccountStore,
    private readonly homes: HomeStore,
    private readonly contacts: ContactStore,
    private readonly changes: RecipientChanges,
    private readonly feed: LiveFeed,
  ) {}

  /** Null when they went while this was looked up. */
  async of({
    accountId,
    contactId,
  }: Pick<Endpoint, 'accountId' | 'contactId'>): Promise<EndpointPerson | null> {
    const contact = contactId === null ? null : await this.contacts.byId(contactId);
    const home = contact && (await this.homes.byId(contact.homeId));
    const account = await this.accounts.byId(home?.ownerId ?? accountId ?? '');
    return account && { account, contact: contact && home && { contact, home } };
  }

  /** Tells the rules whom to reach from now on, and the pages what to show. */
  async changed(person: EndpointPerson): Promise<void> {
    const { account, contact } = person;
    if (contact) await this.changes.homeChanged(contact.home.id);
    else await this.changes.changed(account.id);
    this.feed.publish(account.id, { name: 'endpoints', data: {} });
  }
}
