// The WeCom channel against a robot that counts: what is said, what an errcode means, and twenty posts a minute.
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#domain/clock';
import type { Message, Sending } from '#domain/notices';
import { channelContract, type ProviderBench } from './channel.contract.js';
import { OutboundHttp } from './outbound-http.js';
import { channelSettings } from './testing/channel-settings.js';
import { sendingTo } from './testing/delivery.js';
import { StrictServer } from './testing/strict-server.js';
import { wecomCheck } from './testing/wecom-check.js';
import { WecomChannel } from './wecom-channel.js';
import { Wordings } from './wording.js';

const key = '693a91f6-0000-4bc4-97a0-0ec2sifa5aaa';
const clock = new ManualClock(1_700_000_000_500);
const channelOf = (allowPrivateAddresses = true) =>
  new WecomChannel(
    new OutboundHttp(channelSettings({ allowPrivateAddresses }), clock),
    new Wordings({ href: 'https://gateway.example', isChosen: true }),
    clock,
  );

const answers = (errcode: number) => (response: ServerResponse) =>
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ errcode, errmsg: key }));

const toRobot = (server: StrictServer, change: Partial<Message> = {}): Sending =>
  sendingTo('wecom', { address: `${server.origin}/cgi-bin/webhook/send`, secret: key }, change);

channelContract('a WeCom robot', async (): Promise<ProviderBench> => {
  const server = await new StrictServer(wecomCheck(key)).open();
  const answer = (errcode: number) => {
    server.answer = answers(errcode);
  };
  return {
    channel: channelOf(),
    delivery: toRobot(server),
    ...server.behaviours,
    // Without its word that it took the message, it did not.
    babblingIs: 'retry',
    accepts: () => answer(0),
    refuses: () => answer(93000),
    fails: () => answer(-1),
  };
});

describe('the WeCom channel', () => {
  let server: StrictServer;
  let channel: WecomChannel;
  let heard: string[];

  beforeEach(async () => {
    heard = [];
    server = await new StrictServer(wecomCheck(key, heard)).open();
    server.answer = answers(0);
    channel = channelOf();
    clock.advance(10 * 60_000);
  });

  afterEach(() => server.close());

  const deliver = (change: Partial<Message> = {}) => channel.deliver(toRobot(server, change), 60_000);
  const numbered = (n: number, alarmClass: Message['class']): Partial<Message> => ({
    class: alarmClass,
    title: { zh: `第 ${n} 条`, en: `Message ${n} of ${alarmClass}.` },
  });

  it('says what happened, what to do and where to see more', async () => {
    await deliver();
    expect(heard).toEqual([
      expect.stringMatching(
        /^\*\*<font color="warning">Critical<\/font> Gas alarm\*\*\n10 %LEL\n> Nov .*\n\[I have seen it\]\(https:\/\/gateway\.example\/message\/[\w.-]+\)$/,
      ),
    ]);
  });

  it('lets no name of a device become a mention, a link or a colour', async () => {
    await deliver({ title: { zh: '@all', en: '<@all> [x](https://evil.example) **loud**' } });
    expect(heard[0]).not.toMatch(/<@|\[x\]|\*\*loud/);
  });

  it.each([
    [0, { outcome: 'accepted', detail: 'errcode 0' }],
    [-1, { outcome: 'retry', detail: 'errcode -1' }],
    [45009, { outcome: 'retry', detail: 'errcode 45009', afterMs: 60_000 }],
    [93000, { outcome: 'refused', detail: 'errcode 93000' }],
    [40058, { outcome: 'refused', detail: 'errcode 40058' }],
  ])(
    'takes errcode %i for what it is, and repeats nothing that is said beside it',
    async (errcode, receipt) => {
      server.answer = answers(errcode);
      expect(await deliver()).toEqual(receipt);
    },
  );

  it('puts what comes at the same time into one post, life safety first', async () => {
    const receipts = await Promise.all([
      ...[1, 2, 3].map(n => deliver(numbered(n, 'T'))),
      deliver(numbered(4, 'L')),
    ]);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(Array(4).fill('accepted'));
    expect(heard).toHaveLength(1);
    const order = [...(heard[0] ?? '').matchAll(/Message (\d)/g)].map(match => match[1]);
    expect(order).toEqual(['4', '1', '2', '3']);
  });

  it('posts at most twenty times a minute, keeps some of them for life safety, and loses nothing', async () => {
    const outcomes: string[] = [];
    for (let n = 0; n < 18; n += 1) outcomes.push((await deliver(numbered(n, 'T'))).outcome);
    expect(outcomes.filter(outcome => outcome === 'accepted')).toHaveLength(15);
    expect(await deliver(numbered(18, 'T'))).toMatchObject({ outcome: 'retry', afterMs: 60_000 });
    const alarms = [];
    for (let n = 0; n < 6; n += 1) alarms.push((await deliver(numbered(n, 'L'))).outcome);
    expect(alarms).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'accepted', 'retry']);
    expect(heard).toHaveLength(20);

    // What was put off comes back together, and goes as one.
    clock.advance(60_000);
    const again = await Promise.all([15, 16, 17, 18].map(n => deliver(numbered(n, 'T'))));
    expect(again.map(({ outcome }) => outcome)).toEqual(Array(4).fill('accepted'));
    expect(heard).toHaveLength(21);
    for (const n of [15, 16, 17, 18]) expect(heard[20]).toContain(`Message ${n} of T.`);
  });

  it('splits what does not fit into one post, and cuts what is too long for any', async () => {
    const long = { zh: '长'.repeat(400), en: '长'.repeat(400) };
    await Promise.all([1, 2, 3, 4].map(n => deliver({ ...numbered(n, 'L'), body: long })));
    expect(server.faults).toEqual([]);
    expect(heard.length).toBe(2);
    await deliver({ body: { zh: '长'.repeat(3_000), en: '长'.repeat(3_000) } });
    expect(server.faults).toEqual([]);
  });

  it('counts every robot for itself', async () => {
    for (let n = 0; n < 15; n += 1) await deliver(numbered(n, 'T'));
    const other = await new StrictServer(wecomCheck(key)).open();
    other.answer = answers(0);
    expect(await channel.deliver(toRobot(other, { class: 'T' }), 60_000)).toMatchObject({
      outcome: 'accepted',
    });
    await other.close();
  });

  it('does not reach into the operator’s own network', async () => {
    const receipt = await channelOf(false).deliver(toRobot(server), 60_000);
    expect(receipt).toEqual({ outcome: 'refused', detail: 'the address is a private one' });
    expect(server.calls).toEqual([]);
  });
});
