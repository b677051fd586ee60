// The links in messages: looked at they show what they would do, posted they do it.
import { Injectable } from '@nestjs/common';
import type { MessageLinkPurpose, MessageLinkView } from '#codecs/api';
import { type Alarm, alarmState, alarmTitle } from '#domain/alarms';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { AlarmDeeds } from './alarm-deeds.js';
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
  /** Of `acknowledge`. */
  readonly alarm: Alarm | null;
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
    /** Whoever acts on a message has got it. */
    acknowledge: {
      follow: async ({ link, endpoint, person }) => {
        await this.deeds.acknowledge(link.subject, person);
        await this.endpoints.proven(endpoint, link.sentAt, person);
      },
      isDone: ({ alarm }) => alarm !== null && (alarm.acknowledgedAt !== null || alarm.clearedAt !== null),
    },
  };

  constructor(
    private readonly store: EndpointStore,
    private readonly people: EndpointPeople,
    private readonly endpoints: Endpoints,
    private readonly deeds: AlarmDeeds,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes nothing.
   * @throws DomainError `link-spent` for what is forged, expired, of an endpoint that is gone, or of an alarm that the
   *   person is not told of any more.
   */
  async show(token: string): Promise<MessageLinkView> {
    const found = await this.find(token);
    return this.view(found);
  }

  /** @throws DomainError `link-spent`. */
  async follow(token: string): Promise<MessageLinkView> {
    const found = await this.find(token);
    const { follow, isDone } = this.purposes[found.link.purpose];
    if (!isDone(found)) await follow(found);
    return { ...this.view(found), isDone: true };
  }

  private async find(token: string): Promise<Followed> {
    const link = readLink(token);
    const endpoint = link && (await this.store.byId(link.endpointId));
    const person = endpoint && (await this.people.of(endpoint));
    if (!link || !endpoint || !person) throw new DomainError('link-spent');
    if (!isGenuine(token, endpoint.linkKey) || isExpired(link, this.clock.now()))
      throw new DomainError('link-spent');
    const alarm = link.purpose === 'acknowledge' ? await this.deeds.toldOf(person, link.subject) : null;
    if (link.purpose === 'acknowledge' && alarm === null) throw new DomainError('link-spent');
    return { link, endpoint, person, alarm };
  }

  private view(found: Followed): MessageLinkView {
    const { link, endpoint, person, alarm } = found;
    const { purpose } = link;
    return {
      purpose,
      channel: endpoint.channel,
      address: shownAddress(endpoint),
      locale: endpoint.locale,
      about: person.contact?.home.name ?? person.account.name,
      alarm: alarm && {
        title: alarmTitle(alarm),
        raisedAt: alarm.raisedAt,
        state: alarmState(alarm),
      },
      isDone: this.purposes[purpose].isDone(found),
    };
  }
}
