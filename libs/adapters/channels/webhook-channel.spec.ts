// The webhook channel against a receiver that checks everything, and against addresses that are none of its business.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#domain/clock';
import { channelContract, type ProviderBench } from './channel.contract.js';
import type { ChannelSettings } from './channel-settings.js';
import { OutboundHttp } from './outbound-http.js';
import { channelSettings } from './testing/channel-settings.js';
import { sendingTo } from './testing/delivery.js';
import { StrictServer } from './testing/strict-server.js';
import { webhookCheck } from './testing/webhook-check.js';
import { WebhookChannel } from './webhook-channel.js';

const secret = 'whsec-of-the-test';
const sendingHook = (address: string, key: string) => sendingTo('webhook', { address, secret: key });
const clock = new ManualClock(1_700_000_000_500);
const channelOf = (settings: ChannelSettings) =>
  new WebhookChannel(new OutboundHttp(settings, clock), clock, settings);
const open = channelOf(channelSettings({ allowPrivateAddresses: true }));
const careful = channelOf(channelSettings({ allowPrivateAddresses: false }));

const receiverOf = () => new StrictServer(webhookCheck(secret, () => clock.now())).open();

channelContract('a webhook', async (): Promise<ProviderBench> => {
  const receiver = await receiverOf();
  return {
    channel: open,
    delivery: sendingHook(`${receiver.origin}/hook?of=me`, secret),
    ...receiver.behaviours,
  };
});

describe('the webhook channel', () => {
  let receiver: StrictServer;

  beforeEach(async () => {
    receiver = await receiverOf();
  });

  afterEach(() => receiver.close());

  it('posts the notice as a CloudEvent that the receiver can verify', async () => {
    await open.deliver(sendingHook(receiver.origin, secret), 60_000);
    const [call] = receiver.calls;
    expect(call).toMatchObject({
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'airbind-delivery': 'notice1-endpoint1',
        'airbind-signature': expect.stringMatching(/^t=1700000000,v1=[0-9a-f]{64}$/),
      },
    });
    expect(receiver.taken).toEqual(['notice1-endpoint1']);
    expect(JSON.parse(String(call?.body))).toMatchObject({
      specversion: '1.0',
      id: 'notice1-endpoint1',
      source: 'https://gateway.example',
      type: 'airbind.notice.raised',
      subject: 'alarm1',
      time: '2023-11-14T22:13:20.100Z',
      datacontenttype: 'application/json',
      data: { alarmId: 'alarm1', deviceId: 'gas-1', class: 'L', title: { zh: '燃气告警', en: 'Gas alarm' } },
    });
  });

  it('is not believed with another key', async () => {
    const receipt = await open.deliver(sendingHook(receiver.origin, 'another'), 60_000);
    expect(receipt).toEqual({ outcome: 'refused', detail: 'HTTP 401' });
  });

  it.each([
    [200, 'accepted'],
    [202, 'accepted'],
    [301, 'refused'],
    [400, 'refused'],
    [404, 'refused'],
    [408, 'retry'],
    [425, 'retry'],
    [429, 'retry'],
    [500, 'retry'],
    [503, 'retry'],
  ])('takes status %d for %s', async (status, outcome) => {
    receiver.answer = response => response.writeHead(status, { location: receiver.origin }).end();
    expect(await open.deliver(sendingHook(receiver.origin, secret), 60_000)).toMatchObject({ outcome });
    expect(receiver.calls).toHaveLength(1);
  });

  it('reads a date in Retry-After by its own clock', async () => {
    const date = new Date(clock.now() + 20_500).toUTCString();
    receiver.answer = response => response.writeHead(503, { 'retry-after': date }).end();
    expect(await open.deliver(sendingHook(receiver.origin, secret), 60_000)).toMatchObject({
      afterMs: 20_500,
    });
    receiver.answer = response => response.writeHead(503, { 'retry-after': 'soon' }).end();
    expect(await open.deliver(sendingHook(receiver.origin, secret), 60_000)).toMatchObject({
      afterMs: undefined,
    });
  });

  it('hangs up on a receiver that goes on talking', async () => {
    let hungUp = false;
    const server = createServer((_, response) => {
      response.writeHead(200);
      response.on('close', () => {
        hungUp = true;
      });
      const babble = () => response.destroyed || response.write('x'.repeat(1_000), babble);
      babble();
    }).listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await open.deliver(sendingHook(`http://127.0.0.1:${port}/`, secret), 60_000);
    await expect(
      (async () => {
        for (let turn = 0; !hungUp && turn < 200; turn += 1)
          await new Promise(resolve => setTimeout(resolve, 5));
        return hungUp;
      })(),
    ).resolves.toBe(true);
    server.close();
  });

  it.each(['not a url', 'ftp://example.com/', 'file:///etc/passwd'])('refuses %s', async address => {
    expect(await open.deliver(sendingHook(address, secret), 60_000)).toMatchObject({ outcome: 'refused' });
  });

  it.each([
    'http://127.0.0.1:%/',
    'http://localhost:%/',
    'http://2130706433:%/',
    'http://0x7f.1:%/',
    'http://[::1]:%/',
    'http://[::ffff:127.0.0.1]:%/',
    'http://0.0.0.0:%/',
    'http://10.0.0.1:%/',
    'http://169.254.169.254:%/',
    'http://[fe80::1]:%/',
    'http://[64:ff9b::7f00:1]:%/',
  ])('does not reach into the operator’s own network by %s', async address => {
    const url = address.replace('%', new URL(receiver.origin).port);
    const receipt = await careful.deliver(sendingHook(url, secret), 60_000);
    expect(receipt).toEqual({ outcome: 'refused', detail: 'the address is a private one' });
    expect(receiver.calls).toEqual([]);
  });
});
