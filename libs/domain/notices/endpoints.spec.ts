// Endpoints, contacts and the links in messages, on a real store, with channels that a spec plays.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { EndpointDetails } from '#codecs/api';
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
import { Webhooks } from './webhooks.js';

const now = 1_763_700_000_000;
const day = 24 * 60 * 60_000;
const mail = { channel: 'mail', address: 'lin@example.org', name: '' } as const;
const webhook = { channel: 'webhook', url: 'https://example.org/hook', name: '' } as const;

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

const noDeeds = { acknowledge: async () => {} };

describe('how people are reached', () => {
  let stores: Stores;
  let clock: ManualClock;
  let channels: PlayedChannels;
  let changes: CountedChanges;
  let endpoints: Endpoints;
  let contacts: Contacts;
  let links: MessageLinks;
  let lin: Account;
  let home: Home;

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
    links = new MessageLinks(stores.endpoints, people, endpoints, stores.alarms, noDeeds, clock);
    ({ account: lin, home } = await someone(stores));
  });

  afterEach(() => stores.close());

  /** The link that the newest message to an endpoint carries. */
  async function linkIn(endpointId: string, purpose: LinkPurpose, sentAt = clock.now()): Promise<string> {
    const endpoint = await stores.endpoints.byId(endpointId);
    return signLink({ endpointId, purpose, subject: '', sentAt }, endpoint?.linkKey ?? '');
  }

  const only = async () => (await endpoints.list(lin))[0];

  it('a webhook is there at once, and shows its key this once', async () => {
    const { secret, state } = await endpoints.add(lin, webhook);
    expect({ secret, state }).toEqual({ secret: expect.stringMatching(/^[\w-]{43}$/), state: 'unproven' });
    expect(await only()).toEqual(expect.not.objectContaining({ secret: expect.anything() }));
    expect(changes.accounts).toEqual([lin.id]);
    expect(channels.attempts).toEqual([]);
  });

  it('a mail address gets a question and nothing else until its person says yes', async () => {
    const { id, state } = await endpoints.add(lin, mail);
    expect(state).toBe('unconfirmed');
    expect(channels.toldTo(id)).toEqual(['confirm 0']);
    const link = await linkIn(id, 'confirm');
    expect(await links.show(link)).toMatchObject({ purpose: 'confirm', about: 'Lin', isDone: false });
    expect(await only()).toMatchObject({ state: 'unconfirmed' });
    expect(await links.follow(link)).toMatchObject({ isDone: true });
    expect(await only()).toMatchObject({ state: 'proven', confirmedAt: now, provenAt: now });
  });

  it('is asked again when the person asks for it, and not without an end', async () => {
    const { id } = await endpoints.add(lin, mail);
    for (let i = 0; i < 4; i += 1) await endpoints.ask(lin, id);
    await expect(endpoints.ask(lin, id)).rejects.toMatchObject({ code: 'too-many-attempts' });
    expect(channels.toldTo(id)).toHaveLength(5);
  });

  it.each([
    ['forged', async (id: string) => `${(await linkIn(id, 'confirm')).slice(0, -2)}AA`],
    ['for something else', async (id: string) => linkIn(id, 'acknowledge')],
    ['too old', async (id: string) => linkIn(id, 'confirm', now - 8 * day)],
    ['no token at all', async () => 'x'],
    [
      'of an endpoint that is gone',
      async () => signLink({ endpointId: 'gone', purpose: 'confirm', subject: '', sentAt: now }, 'key'),
    ],
  ] as const)('a link that is %s does nothing', async (_, make) => {
    const { id } = await endpoints.add(lin, mail);
    const link = await make(id);
    await expect(links.follow(link)).rejects.toMatchObject({ code: 'link-spent' });
    expect(await only()).toMatchObject({ state: 'unconfirmed' });
  });

  it('is unproven again thirty days after a message was last seen to arrive', async () => {
    const { id } = await endpoints.add(lin, mail);
    await links.follow(await linkIn(id, 'confirm'));
    clock.advance(30 * day - 1);
    expect(await only()).toMatchObject({ state: 'proven' });
    clock.advance(1);
    expect(await only()).toMatchObject({ state: 'unproven', provenAt: now });
  });

  it('a test tells how long the provider took, and how long it was until a person saw it', async () => {
    const { id } = await endpoints.add(lin, mail);
    await links.follow(await linkIn(id, 'confirm'));
    clock.advance(31 * day);
    const sentAt = clock.now();
    channels.answer = () => {
      clock.advance(80);
      return { outcome: 'accepted', detail: '250' };
    };
    expect(await endpoints.test(lin, id)).toMatchObject({
      state: 'unproven',
      lastTrial: { at: sentAt, outcome: 'accepted', acceptedMs: 80, arrivedMs: null },
    });
    clock.advance(4_920);
    await links.follow(await linkIn(id, 'arrived', sentAt));
    await links.follow(await linkIn(id, 'arrived', sentAt));
    expect(await only()).toMatchObject({
      state: 'proven',
      lastTrial: { acceptedMs: 80, arrivedMs: 5_000 },
    });
  });

  it('a test that fails says why', async () => {
    const { id } = await endpoints.add(lin, webhook);
    channels.answer = () => ({ outcome: 'retry', detail: 'HTTP 503' });
    expect(await endpoints.test(lin, id)).toMatchObject({
      state: 'unproven',
      lastTrial: { outcome: 'retry', detail: 'HTTP 503', acceptedMs: null },
    });
  });

  it('a receiver of the person’s own proves itself by its answer', async () => {
    const { id } = await endpoints.add(lin, webhook);
    clock.advance(5);
    expect(await endpoints.test(lin, id)).toMatchObject({ state: 'proven', lastTrial: { arrivedMs: 0 } });
  });

  it('an endpoint that its provider knows no more is removed', async () => {
    const details = {
      channel: 'web-push',
      url: 'https://push.example.org/1',
      p256dh: 'p'.repeat(87),
      auth: 'a'.repeat(22),
      name: 'Phone',
    } as const satisfies EndpointDetails;
    const { id } = await endpoints.add(lin, details);
    channels.answer = () => ({ outcome: 'refused', detail: 'HTTP 410', isGone: true });
    expect(await endpoints.test(lin, id)).toMatchObject({ lastTrial: { outcome: 'refused' } });
    expect(await endpoints.list(lin)).toEqual([]);
  });

  it('the same place is kept once, with what was said of it last', async () => {
    const details = { channel: 'ntfy', url: 'https://ntfy.example/home', name: '' } as const;
    await endpoints.add(lin, details);
    await endpoints.add(lin, { ...details, name: 'Phone' });
    expect(await endpoints.list(lin)).toMatchObject([{ name: 'Phone' }]);
  });

  it('shows no key of a robot', async () => {
    const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa';
    await endpoints.add(lin, { channel: 'wecom', url, name: '' });
    expect(JSON.stringify(await only())).not.toContain('693a91f6');
  });

  it('a channel that the operator has not set up is refused before anything is stored', async () => {
    channels.missing = { mail: ['SMTP_URL'] };
    await expect(endpoints.add(lin, mail)).rejects.toMatchObject({ code: 'channel-not-ready' });
    expect(await endpoints.list(lin)).toEqual([]);
  });

  it('nobody touches another’s endpoint', async () => {
    const { id } = await endpoints.add(lin, webhook);
    const { account: stranger } = await someone(stores, 'Wu');
    for (const act of ['test', 'remove', 'ask'] as const) {
      await expect(endpoints[act](stranger, id)).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await endpoints.list(lin)).toHaveLength(1);
  });

  it('unsubscribing leaves what is about life safety', async () => {
    const { id } = await endpoints.add(lin, mail);
    await links.follow(await linkIn(id, 'confirm'));
    await links.follow(await linkIn(id, 'unsubscribe'));
    expect(await only()).toMatchObject({ state: 'proven', lifeSafetyOnlySince: now });
    await endpoints.change(lin, id, { lifeSafetyOnly: false });
    expect(await only()).toMatchObject({ lifeSafetyOnlySince: null });
  });

  it('webhooks are the endpoints of that kind', async () => {
    const webhooks = new Webhooks(endpoints);
    const { id: mailId } = await endpoints.add(lin, mail);
    const made = await webhooks.add(lin, 'https://example.org/hook');
    expect(made).toMatchObject({ url: 'https://example.org/hook', secret: expect.any(String) });
    expect(await webhooks.list(lin)).toEqual([
      { id: made.id, url: made.url, createdAt: now, lastReceipt: null },
    ]);
    await expect(webhooks.remove(lin, mailId)).rejects.toMatchObject({ code: 'not-found' });
    await webhooks.remove(lin, made.id);
    expect(await endpoints.list(lin)).toMatchObject([{ id: mailId }]);
  });

  describe('a contact of a home', () => {
    const aunt = { name: '王阿姨', email: 'Aunt@Example.org', locale: 'zh' } as const;

    it('is asked by mail, in their language, who wants them and for which home', async () => {
      const { id, endpoints: ways } = await contacts.add(lin, home.id, aunt);
      expect(ways).toMatchObject([{ channel: 'mail', address: 'aunt@example.org', state: 'unconfirmed' }]);
      expect(channels.attempts).toMatchObject([
        { endpoint: { contactId: id, locale: 'zh' }, notice: { step: 'confirm', class: 'I' } },
      ]);
      const { title, body } = channels.attempts[0]?.notice ?? {};
      expect(`${title?.zh} ${body?.zh}`).toMatch(/Lin .*王阿姨.*“家”/s);
    });

    it('agrees once by the link, and is in the list of the home', async () => {
      const { endpoints: ways } = await contacts.add(lin, home.id, aunt);
      const link = await linkIn(ways[0]?.id ?? '', 'confirm');
      expect(await links.show(link)).toMatchObject({ about: home.name, locale: 'zh' });
      await links.follow(link);
      expect(await contacts.list(lin, home.id)).toMatchObject([
        { name: '王阿姨', endpoints: [{ state: 'proven' }] },
      ]);
      expect(changes.homes).toEqual([home.id, home.id]);
      expect(await endpoints.list(lin)).toEqual([]);
    });

    it('can be tested and removed by the home’s owner, and by nobody else', async () => {
      const { id, endpoints: ways } = await contacts.add(lin, home.id, aunt);
      const { account: stranger } = await someone(stores, 'Wu');
      await expect(contacts.list(stranger, home.id)).rejects.toMatchObject({ code: 'not-found' });
      await expect(contacts.remove(stranger, home.id, id)).rejects.toMatchObject({ code: 'not-found' });
      await endpoints.test(lin, ways[0]?.id ?? '');
      expect(channels.toldTo(ways[0]?.id ?? '')).toEqual(['confirm 0', 'test 0']);
      await contacts.remove(lin, home.id, id);
      expect(await contacts.list(lin, home.id)).toEqual([]);
    });
  });
});
