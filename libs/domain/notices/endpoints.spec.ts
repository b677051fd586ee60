// Endpoints on a real store: added, confirmed, listed and removed by their person, and by nobody else.
import { describe, expect, it } from '@jest/globals';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import {
  changes,
  channels,
  clock,
  day,
  endpoints,
  lin,
  linkIn,
  links,
  mail,
  now,
  only,
  settleIn,
  stores,
  webhook,
} from './reached-people.fixture.js';
import { Webhooks } from './webhooks.js';

settleIn();

describe('how people are reached', () => {
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

  it('is unproven again thirty days after a message was last seen to arrive', async () => {
    const { id } = await endpoints.add(lin, mail);
    await links.follow(await linkIn(id, 'confirm'));
    clock.advance(30 * day - 1);
    expect(await only()).toMatchObject({ state: 'proven' });
    clock.advance(1);
    expect(await only()).toMatchObject({ state: 'unproven', provenAt: now });
  });

  it('the same place is kept once, with what was said of it last', async () => {
    const details = { channel: 'ntfy', url: 'https://ntfy.example/home', name: '' } as const;
    await endpoints.add(lin, details);
    await endpoints.add(lin, { ...details, name: 'Phone' });
    expect(await endpoints.list(lin)).toMatchObject([{ name: 'Phone' }]);
  });

  it('a confirmed address that is named again stays confirmed, and is not asked', async () => {
    const { id } = await endpoints.add(lin, mail);
    await links.follow(await linkIn(id, 'confirm'));
    for (let i = 0; i < 9; i += 1) await endpoints.add(lin, { ...mail, name: 'At work' });
    expect(await endpoints.list(lin)).toMatchObject([{ id, name: 'At work', state: 'proven' }]);
    expect(channels.toldTo(id)).toEqual(['confirm 0']);
  });

  it('a place that is named again with another key has to be proven again', async () => {
    const topic = { channel: 'ntfy', url: 'https://ntfy.example/home', name: '' } as const;
    const { id } = await endpoints.add(lin, topic);
    await links.follow(await linkIn(id, 'arrived'));
    expect(await endpoints.add(lin, topic)).toMatchObject({ id, state: 'proven' });
    expect(await endpoints.add(lin, { ...topic, token: 'tk_1' })).toMatchObject({ id, state: 'unproven' });
    expect(await stores.endpoints.byId(id)).toMatchObject({ secret: 'tk_1' });
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
});
