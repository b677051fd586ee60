// The web push channel against a browser that decrypts for itself, and a push service that checks who is sending.
import { createECDH } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#domain/clock';
import { isGenuine, type Message, readLink } from '#domain/notices';
import { channelContract, type ProviderBench } from './channel.contract.js';
import type { ChannelOptions } from './channel-settings.js';
import { OutboundHttp } from './outbound-http.js';
import { channelSettings } from './testing/channel-settings.js';
import { sendingTo } from './testing/delivery.js';
import { PushBrowser } from './testing/push-browser.js';
import { StrictServer } from './testing/strict-server.js';
import { WebPushChannel } from './web-push-channel.js';
import { Wordings } from './wording.js';

function keyPair() {
  const curve = createECDH('prime256v1');
  curve.generateKeys();
  return {
    publicKey: curve.getPublicKey('base64url'),
    privateKey: Buffer.concat([Buffer.alloc(32), curve.getPrivateKey()])
      .subarray(-32)
      .toString('base64url'),
  };
}

const vapid = { subject: 'mailto:operator@gateway.example', ...keyPair() };

function channelOf(change: Partial<ChannelOptions> = {}): WebPushChannel {
  const settings = channelSettings({ vapid, ...change });
  const clock = new ManualClock(1_700_000_000_500);
  const wordings = new Wordings({ href: 'https://gateway.example', isChosen: true });
  return new WebPushChannel(settings, new OutboundHttp(settings, clock), wordings);
}

async function subscribed() {
  const browser = new PushBrowser(vapid.publicKey);
  const service: StrictServer = await new StrictServer(browser.check(() => service.origin)).open();
  const sending = (change: Partial<Message> = {}) =>
    sendingTo('web-push', { address: `${service.origin}/push/1`, secret: browser.secret }, change);
  return { browser, service, sending };
}

channelContract('web push', async (): Promise<ProviderBench> => {
  const { service, sending } = await subscribed();
  return { channel: channelOf(), delivery: sending(), ...service.behaviours };
});

describe('the web push channel', () => {
  let browser: PushBrowser;
  let service: StrictServer;
  let sending: (change?: Partial<Message>) => ReturnType<typeof sendingTo>;
  const channel = channelOf();

  beforeEach(async () => {
    ({ browser, service, sending } = await subscribed());
    service.answer = response => response.writeHead(201).end();
  });

  afterEach(() => service.close());

  it('tells the browser what to show, and where a tap leads', async () => {
    expect(await channel.deliver(sending(), 60_000)).toEqual({ outcome: 'accepted', detail: 'HTTP 201' });
    expect(service.faults).toEqual([]);
    expect(browser.heard).toEqual([
      {
        id: 'notice1-endpoint1',
        title: 'Gas alarm',
        body: '10 %LEL',
        url: 'https://gateway.example/alarms/alarm1',
        lang: 'en',
        tag: 'alarm1',
        isLoud: true,
        staysUntilSeen: true,
        at: 1_700_000_000_000,
        shownUrl: expect.stringMatching(/^\/api\/v1\/message-links\/[\w.-]+$/),
      },
    ]);
  });

  it('lets the browser say that it was shown, and nothing else', async () => {
    await channel.deliver(sending(), 60_000);
    const token = String((browser.heard[0] as { shownUrl: string }).shownUrl.split('/').at(-1));
    expect(readLink(token)).toEqual({
      endpointId: 'endpoint1',
      purpose: 'arrived',
      subject: '',
      sentAt: 1_700_000_000_100,
    });
    expect(isGenuine(token, 'the-key-of-the-links')).toBe(true);
  });

  it.each([
    ['L', 'high', 86_400],
    ['S', 'high', 86_400],
    ['T', 'normal', 259_200],
    ['I', 'low', 86_400],
  ] as const)(
    'has, for class %s, urgency %s and waits %i s for a phone that is off',
    async (alarmClass, urgency, ttl) => {
      await channel.deliver(sending({ class: alarmClass }), 60_000);
      expect(service.calls[0]?.headers).toMatchObject({ urgency, ttl: String(ttl) });
    },
  );

  it('takes, with what is said later of an alarm, the place of what waits, and of nothing else', async () => {
    await channel.deliver(sending(), 60_000);
    await channel.deliver(sending({ step: 'cleared' }), 60_000);
    await channel.deliver(sending({ subjectId: 'alarm2' }), 60_000);
    const [raised, cleared, other] = service.calls.map(({ headers }) => headers.topic);
    expect(cleared).toBe(raised);
    expect(other).not.toBe(raised);
    expect(browser.heard).toMatchObject([{ isLoud: true }, { isLoud: false, staysUntilSeen: false }, {}]);
  });

  it('fits its longest text into what push services have to take', async () => {
    const long = { zh: '长'.repeat(400), en: '长'.repeat(400) };
    await channel.deliver(sending({ title: long, body: long }), 60_000);
    expect(service.faults).toEqual([]);
  });

  it.each([
    [404, { outcome: 'refused', detail: 'HTTP 404', isGone: true }],
    [410, { outcome: 'refused', detail: 'HTTP 410', isGone: true }],
    [400, { outcome: 'refused', detail: 'HTTP 400' }],
    [413, { outcome: 'refused', detail: 'HTTP 413' }],
    [429, { outcome: 'retry', detail: 'HTTP 429' }],
    [500, { outcome: 'retry', detail: 'HTTP 500' }],
  ] as const)('takes %i for what it is', async (status, receipt) => {
    service.answer = response => response.writeHead(status).end();
    expect(await channel.deliver(sending(), 60_000)).toEqual(receipt);
  });

  it('is not let in with keys that the browser did not subscribe with', async () => {
    const receipt = await channelOf({ vapid: { ...vapid, ...keyPair() } }).deliver(sending(), 60_000);
    expect(receipt).toMatchObject({ outcome: 'refused' });
    expect(browser.heard).toEqual([]);
  });

  it('refuses keys that are none', async () => {
    const broken = sendingTo('web-push', { address: `${service.origin}/push/1`, secret: 'x.y' });
    expect(await channel.deliver(broken, 60_000)).toMatchObject({ outcome: 'refused' });
  });

  it('does not reach into the operator’s own network by a subscription that was made up', async () => {
    const receipt = await channelOf({ allowPrivateAddresses: false }).deliver(sending(), 60_000);
    expect(receipt).toEqual({ outcome: 'refused', detail: 'the address is a private one' });
    expect(service.calls).toEqual([]);
  });

  it('says which setting it lacks', () => {
    expect(channelOf({ vapid: { ...vapid, subject: null } }).missing).toEqual(['VAPID_SUBJECT']);
  });
});
