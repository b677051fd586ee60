// Endpoints: the ways on which a person is reached, added, confirmed, tested and removed by that person.
import { Injectable } from '@nestjs/common';
import type { EndpointChange, EndpointDetails, EndpointView, Locale } from '#codecs/api';
import { type Account, newId, newToken } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { Channels } from './channel.js';
import type { Endpoint } from './endpoint.js';
import { EndpointStore } from './endpoint.store.js';
import { endpointKind, placeOf } from './endpoint-kinds.js';
import { EndpointPeople, type EndpointPerson } from './endpoint-people.js';
import { EndpointViews } from './endpoint-views.js';
import { OwnMessages } from './own-messages.js';
import { Trials } from './trials.js';

const mostEndpoints = 30;

@Injectable()
export class Endpoints {
  constructor(
    private readonly store: EndpointStore,
    private readonly people: EndpointPeople,
    private readonly views: EndpointViews,
    private readonly messages: OwnMessages,
    private readonly trials: Trials,
    private readonly channels: Channels,
    private readonly clock: Clock,
  ) {}

  async list(by: Account): Promise<EndpointView[]> {
    return this.views.of(await this.store.ofAccount(by.id));
  }

  /**
   * The answer is the only one that shows a secret of ours. An endpoint that anybody could name is asked first; one
   * that the same person has already is not made twice.
   * @throws DomainError `channel-not-ready`, `invalid-request` for too many, or `too-many-attempts`.
   */
  async add(by: Account, details: EndpointDetails): Promise<EndpointView> {
    this.requireReady(details.channel);
    const endpoint = newEndpoint(details, { accountId: by.id, contactId: null }, by.locale, this.clock.now());
    const own = await this.store.ofAccount(by.id);
    const same = own.find(
      ({ channel, address }) => channel === endpoint.channel && address === endpoint.address,
    );
    if (same && details.channel !== 'webhook') return this.nameAgain(same, endpoint, by);
    if (!(await this.store.insert(endpoint, mostEndpoints))) throw tooMany(mostEndpoints);
    const person = { account: by, contact: null };
    if (endpoint.confirmedAt === null) await this.messages.ask(endpoint, person);
    await this.people.changed(person);
    const secret = endpointKind(details.channel).showsSecret ? { secret: endpoint.secret } : {};
    return { ...(await this.view(endpoint)), ...secret };
  }

  /** What is on its way to it goes on, and a confirmed one stays confirmed; what was said of it last holds. */
  private async nameAgain(
    known: Endpoint,
    { name, secret, locale }: Endpoint,
    by: Account,
  ): Promise<EndpointView> {
    const provenAt = secret === known.secret ? known.provenAt : null;
    await this.store.change(known.id, { name, secret, locale, provenAt, lifeSafetyOnlySince: null });
    const person = { account: by, contact: null };
    if (known.confirmedAt === null) await this.messages.ask(known, person);
    await this.people.changed(person);
    return this.view((await this.store.byId(known.id)) ?? known);
  }

  /** Sends the question again. @throws DomainError `not-found`, `too-many-attempts`. */
  async ask(by: Account, id: string): Promise<EndpointView> {
    const { endpoint, person } = await this.requireOwn(by, id);
    if (endpoint.confirmedAt === null) await this.messages.ask(endpoint, person);
    return this.view(endpoint);
  }

  /** Sends a test message at once, beside the outbox. @throws DomainError `not-found`. */
  async test(by: Account, id: string): Promise<EndpointView> {
    const { endpoint, person } = await this.requireOwn(by, id);
    const at = this.trials.begin(id);
    const receipt = await this.messages.test(endpoint, at);
    this.trials.end(id, at, receipt);
    const isProof = receipt.outcome === 'accepted' && endpointKind(endpoint.channel).provenBy === 'answer';
    if (isProof) await this.proven(endpoint, at, person);
    if (receipt.outcome === 'refused' && receipt.isGone) await this.gone(endpoint);
    return this.view((await this.store.byId(id)) ?? endpoint);
  }

  /** A person, or a program of theirs, says that it may be used. */
  async confirmed(endpoint: Endpoint, person: EndpointPerson): Promise<void> {
    const now = this.clock.now();
    await this.store.change(endpoint.id, { confirmedAt: endpoint.confirmedAt ?? now, provenAt: now });
    await this.people.changed(person);
  }

  /** Something that went there was seen to have arrived. @param sentAt when that was sent */
  async proven(endpoint: Endpoint, sentAt: number, person: EndpointPerson): Promise<void> {
    this.trials.arrived(endpoint.id, sentAt);
    await this.store.change(endpoint.id, { provenAt: this.clock.now() });
    await this.people.changed(person);
  }

  /** Whether only what is about life safety goes there. @throws DomainError `not-found`. */
  async change(by: Account, id: string, { lifeSafetyOnly }: EndpointChange): Promise<EndpointView> {
    const { endpoint, person } = await this.requireOwn(by, id);
    const since = endpoint.lifeSafetyOnlySince ?? this.clock.now();
    await this.store.change(id, { lifeSafetyOnlySince: lifeSafetyOnly ? since : null });
    await this.people.changed(person);
    return this.view((await this.store.byId(id)) ?? endpoint);
  }

  /** From now on only what is about life safety goes there. */
  async quieten(endpoint: Endpoint, person: EndpointPerson): Promise<void> {
    await this.store.change(endpoint.id, { lifeSafetyOnlySince: this.clock.now() });
    await this.people.changed(person);
  }

  /** @throws DomainError `not-found`. */
  async remove(by: Account, id: string): Promise<void> {
    const { person } = await this.requireOwn(by, id);
    await this.store.remove(id);
    await this.people.changed(person);
  }

  /** Its provider says that it does not exist any more. */
  async gone(endpoint: Endpoint): Promise<void> {
    const person = await this.people.of(endpoint);
    await this.store.remove(endpoint.id);
    if (person) await this.people.changed(person);
  }

  private async requireOwn(by: Account, id: string): Promise<{ endpoint: Endpoint; person: EndpointPerson }> {
    const endpoint = await this.store.byId(id);
    const person = endpoint && (await this.people.of(endpoint));
    if (!endpoint || person?.account.id !== by.id) throw new DomainError('not-found');
    return { endpoint, person };
  }

  private requireReady(channel: Endpoint['channel']): void {
    const offer = this.channels.offers().find(each => each.channel === channel);
    if (!offer?.isReady) throw new DomainError('channel-not-ready');
  }

  private async view(endpoint: Endpoint): Promise<EndpointView> {
    const [view] = await this.views.of([endpoint]);
    if (!view) throw new DomainError('not-found');
    return view;
  }
}

export function newEndpoint(
  details: EndpointDetails,
  whose: Pick<Endpoint, 'accountId' | 'contactId'>,
  locale: Locale,
  createdAt: number,
): Endpoint {
  return {
    ...whose,
    id: newId(),
    channel: details.channel,
    name: details.name,
    ...placeOf(details),
    linkKey: newToken(),
    locale: details.locale ?? locale,
    createdAt,
    confirmedAt: endpointKind(details.channel).confirmedBy === 'adding' ? createdAt : null,
    provenAt: null,
    lifeSafetyOnlySince: null,
  };
}

export function tooMany(most: number): DomainError {
  return new DomainError('invalid-request', { detail: `There can be ${most} at most. Remove one first.` });
}
