// The links in messages: looked at they show what they would do, posted they do it.
import { Injectable } from '@nestjs/common';
import type { MessageLinkPurpose, MessageLinkView } from '#codecs/api';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import type { Endpoint } from './endpoint.js';
import { EndpointStore } from './endpoint.store.js';
import { EndpointPeople, type EndpointPerson } from './endpoint-people.js';
import { shownAddress } from './endpoint-views.js';
import { Endpoints } from './endpoints.js';
import { isExpired, isGenuine, type MessageLink, readLink } from './message-link.js';

interface Followed {
  readonly link: MessageLink;
  readonly endpoint: Endpoint;
  readonly person: EndpointPerson;
}

interface Purpose {
  readonly follow: (followed: Followed) => Promise<void>;
  /** Whether it was followed already; a second time changes nothing. */
  readonly isDone: (followed: Followed) => boolean;
}

@Injectable()
export class MessageLinks {
  private readonly purposes: { readonly [P in MessageLinkPurpose]: Purpose } = {
    confirm: {
      follow: ({ endpoint, person }) => this.endpoints.confirmed(endpoint, person),
      isDone: ({ endpoint }) => endpoint.confirmedAt !== null,
    },
    arrived: {
      follow: ({ link, endpoint, person }) => this.endpoints.proven(endpoint, link.sentAt, person),
      isDone: ({ link, endpoint }) => (endpoint.provenAt ?? 0) >= link.sentAt,
    },
    unsubscribe: {
      follow: ({ endpoint, person }) => this.endpoints.quieten(endpoint, person),
      isDone: ({ endpoint }) => endpoint.lifeSafetyOnlySince !== null,
    },
  };

  constructor(
    private readonly store: EndpointStore,
    private readonly people: EndpointPeople,
    private readonly endpoints: Endpoints,
    private readonly clock: Clock,
  ) {}

  /** Changes nothing. @throws DomainError `link-spent` for what is forged, expired, or of an endpoint that is gone. */
  async show(token: string): Promise<MessageLinkView> {
    const found = await this.find(token);
    return this.view(found);
  }

  /** @throws DomainError `link-spent`. */
  async follow(token: string): Promise<MessageLinkView> {
    const found = await this.find(token);
    const { follow, isDone } = this.purposes[found.purpose];
    if (!isDone(found)) await follow(found);
    return { ...this.view(found), isDone: true };
  }

  private async find(token: string): Promise<Followed & { purpose: MessageLinkPurpose }> {
    const link = readLink(token);
    const endpoint = link && (await this.store.byId(link.endpointId));
    const person = endpoint && (await this.people.of(endpoint));
    if (!link || !endpoint || !person || link.purpose === 'acknowledge') throw new DomainError('link-spent');
    if (!isGenuine(token, endpoint.linkKey) || isExpired(link, this.clock.now()))
      throw new DomainError('link-spent');
    return { link, endpoint, person, purpose: link.purpose };
  }

  private view(found: Followed & { purpose: MessageLinkPurpose }): MessageLinkView {
    const { purpose, endpoint, person } = found;
    return {
      purpose,
      channel: endpoint.channel,
      address: shownAddress(endpoint),
      locale: endpoint.locale,
      about: person.contact?.home.name ?? person.account.name,
      isDone: this.purposes[purpose].isDone(found),
    };
  }
}
