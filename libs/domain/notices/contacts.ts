// Contacts: people without an account whom the owner of a home wants to be told, once they have agreed.
import { Injectable } from '@nestjs/common';
import type { ContactDetails, ContactView } from '#codecs/api';
import { type Account, canonicalEmail, newId } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { type Home, Households } from '#domain/homes';
import { Channels } from './channel.js';
import type { Contact } from './contact.js';
import { ContactStore } from './contact.store.js';
import { EndpointStore } from './endpoint.store.js';
import { EndpointPeople } from './endpoint-people.js';
import { EndpointViews } from './endpoint-views.js';
import { newEndpoint, tooMany } from './endpoints.js';
import { OwnMessages } from './own-messages.js';

const mostContacts = 10;

@Injectable()
export class Contacts {
  constructor(
    private readonly store: ContactStore,
    private readonly endpoints: EndpointStore,
    private readonly households: Households,
    private readonly people: EndpointPeople,
    private readonly views: EndpointViews,
    private readonly messages: OwnMessages,
    private readonly channels: Channels,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found`. */
  async list(by: Account, homeId: string): Promise<ContactView[]> {
    await this.households.requireOwn(homeId, by);
    const [contacts, endpoints] = await Promise.all([
      this.store.ofHome(homeId),
      this.endpoints.ofHome(homeId),
    ]);
    const views = await this.views.of(endpoints);
    return contacts.map(contact => ({
      ...contact,
      endpoints: views.filter((_, i) => endpoints[i]?.contactId === contact.id),
    }));
  }

  /**
   * Nothing but the question whether they agree goes to them before they do.
   * @throws DomainError `not-found`, `channel-not-ready`, `invalid-request` for too many, or `too-many-attempts`:
   *   then nothing is kept of them.
   */
  async add(by: Account, homeId: string, { name, email, locale }: ContactDetails): Promise<ContactView> {
    const home = await this.households.requireOwn(homeId, by);
    const mail = this.channels.offers().find(({ channel }) => channel === 'mail');
    if (!mail?.isReady) throw new DomainError('channel-not-ready');
    const createdAt = this.clock.now();
    const contact: Contact = { id: newId(), homeId, name, locale, createdAt };
    const endpoint = newEndpoint(
      { channel: 'mail', address: canonicalEmail(email), name: '' },
      { accountId: null, contactId: contact.id },
      locale,
      createdAt,
    );
    const person = { account: by, contact: { contact, home } };
    if (!(await this.store.insert(contact, endpoint, mostContacts))) throw tooMany(mostContacts);
    try {
      await this.messages.ask(endpoint, person);
    } catch (refused) {
      await this.store.remove(contact.id);
      throw refused;
    }
    await this.people.changed(person);
    return { ...contact, endpoints: await this.views.of([endpoint]) };
  }

  /** @throws DomainError `not-found`. */
  async remove(by: Account, homeId: string, id: string): Promise<void> {
    const home: Home = await this.households.requireOwn(homeId, by);
    const contact = await this.store.byId(id);
    if (contact?.homeId !== homeId) throw new DomainError('not-found');
    await this.store.remove(id);
    await this.people.changed({ account: by, contact: { contact, home } });
  }
}
