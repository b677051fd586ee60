// How people are reached, on a real store, with channels that a spec plays: the use cases, and a person with a home.
import { afterEach, beforeEach } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { type Account, Attempts, OneTimeLinks, Passwords } from '#domain/accounts';
import { ManualClock } from '#domain/clock';
import { type Home, Households } from '#domain/homes';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { Contacts } from './contacts.js';
import { EndpointPeople } from './endpoint-people.js';
import { EndpointViews } from './endpoint-views.js';
import { Endpoints } from './endpoints.js';
import { LiveFeed } from './live-feed.js';
import { type LinkPurpose, signLink } from './message-link.js';
import { MessageLinks } from './message-links.js';
import { OwnMessages } from './own-messages.js';
import { PlayedChannels } from './played-channels.fixture.js';
import { RecipientChanges } from './recipient.js';
import { Trials } from './trials.js';

export const now = 1_763_700_000_000;
export const day = 24 * 60 * 60_000;
export const mail = { channel: 'mail', address: 'lin@example.org', name: '' } as const;
export const webhook = { channel: 'webhook', url: 'https://example.org/hook', name: '' } as const;

class SilentFeed extends LiveFeed {
  readonly told: string[] = [];
  isHeard = () => true;
  publish(accountId: string) {
    this.told.push(accountId);
  }
  subscribe = () => () => {};
}

class CountedChanges extends RecipientChanges {
  readonly accounts: string[] = [];
  readonly homes: string[] = [];
  async changed(accountId: string) {
    this.accounts.push(accountId);
  }
  async homeChanged(homeId: string) {
    this.homes.push(homeId);
  }
}

const noDeeds = { toldOf: async () => null, acknowledge: async () => {} };

// Live exports: who imports them sees what the test at hand was given.
export let stores: Stores;
export let clock: ManualClock;
export let channels: PlayedChannels;
export let changes: CountedChanges;
export let endpoints: Endpoints;
export let contacts: Contacts;
export let links: MessageLinks;
export let lin: Account;
export let home: Home;

/** A store of its own for each test. */
export function settleIn(): void {
  beforeEach(async () => {
    stores = await openTemporarySqlite();
    clock = new ManualClock(now);
    channels = new PlayedChannels();
    changes = new CountedChanges();
    const feed = new SilentFeed();
    const people = new EndpointPeople(stores.accounts, stores.homes, stores.contacts, changes, feed);
    const trials = new Trials(clock);
    const views = new EndpointViews(stores.endpoints, trials, clock);
    const messages = new OwnMessages(channels, new Attempts(clock), clock);
    endpoints = new Endpoints(stores.endpoints, people, views, messages, trials, channels, clock);
    const households = new Households(
      stores.homes,
      stores.accounts,
      new Passwords(),
      new OneTimeLinks(stores.accounts, clock),
      { changed: async () => {} },
      clock,
    );
    contacts = new Contacts(
      stores.contacts,
      stores.endpoints,
      households,
      people,
      views,
      messages,
      channels,
      clock,
    );
    links = new MessageLinks(stores.endpoints, people, endpoints, noDeeds, clock);
    ({ account: lin, home } = await someone(stores));
  });

  afterEach(() => stores.close());
}

/** The link that the newest message to an endpoint carries. */
export async function linkIn(
  endpointId: string,
  purpose: LinkPurpose,
  sentAt = clock.now(),
): Promise<string> {
  const endpoint = await stores.endpoints.byId(endpointId);
  return signLink({ endpointId, purpose, subject: '', sentAt }, endpoint?.linkKey ?? '');
}

/** What Lin has, when it is one endpoint. */
export const only = async () => (await endpoints.list(lin))[0];
