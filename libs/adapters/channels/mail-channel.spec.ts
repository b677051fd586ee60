// The mail channel against a server that insists on SMTP, and a reader that insists on MIME.
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SnapshotStore } from '#domain/devices';
import { isGenuine, type Message, readLink } from '#domain/notices';
import { channelContract, type ProviderBench } from './channel.contract.js';
import { MailChannel } from './mail-channel.js';
import { channelSettings } from './testing/channel-settings.js';
import { sendingTo } from './testing/delivery.js';
import { partsOf, readMail } from './testing/mime.js';
import { StrictSmtpServer } from './testing/strict-smtp-server.js';
import { Wordings } from './wording.js';

class Pictures extends SnapshotStore {
  picture: Uint8Array | null = null;
  /** What is read in its place; null: the picture. */
  instead: Promise<null> | null = null;
  asked: string[] = [];
  async put(): Promise<void> {}
  async drop(): Promise<void> {}
  async dropBefore(): Promise<void> {}
  async read(deviceId: string, epoch: number): Promise<Uint8Array | null> {
    this.asked.push(`${deviceId} ${epoch}`);
    return this.instead ?? this.picture;
  }
}

const pictures = new Pictures();
const wordings = new Wordings({ href: 'https://gateway.example', isChosen: true });
const channelOf = (
  smtpUrl: string | null,
  mailFrom: string | null = 'Airbind 网关 <alarms@gateway.example>',
) => new MailChannel(channelSettings({ smtpUrl, mailFrom }), wordings, pictures);

const address = 'lin@people.example';
const toLin = (change: Partial<Message> = {}, locale: 'zh' | 'en' = 'en') => {
  const sending = sendingTo('mail', { address, secret: '' }, change);
  return { ...sending, endpoint: { ...sending.endpoint, locale } };
};

channelContract('mail', async (): Promise<ProviderBench> => {
  const server = await new StrictSmtpServer().open();
  server.credentials = { user: 'airbind', pass: 'p@ss:word/of the test' };
  const answer = (text: string) => {
    server.instead = null;
    server.answers.message = text;
  };
  const instead = (act: (socket: Socket) => void) => {
    server.instead = act;
  };
  return {
    channel: channelOf(server.url),
    delivery: toLin(),
    babblingIs: 'retry',
    taken: () => server.taken.map(({ message }) => readMail(message).headers.get('message-id') ?? ''),
    accepts: () => answer('250 2.0.0 queued as 7'),
    refuses: () => answer('554 5.7.1 <%> is not wanted, airbind'),
    postpones: afterS =>
      answer(
        afterS === undefined
          ? '451 4.7.1 Greylisted'
          : `450 4.2.0 Greylisted, please try again in ${afterS} seconds`,
      ),
    fails: () => answer('421 4.3.2 <%> going down'),
    hangs: () => {
      server.answers.message = null;
    },
    babbles: () =>
      instead(socket => {
        const babble = () => socket.destroyed || socket.write('220-x\r\n', () => setTimeout(babble, 1));
        babble();
      }),
    lies: () => instead(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    dies: () => server.close(),
    close: () => server.close(),
  };
});

describe('the mail channel', () => {
  let server: StrictSmtpServer;
  let channel: MailChannel;

  beforeEach(async () => {
    server = await new StrictSmtpServer().open();
    channel = channelOf(server.url);
    pictures.picture = null;
    pictures.instead = null;
    pictures.asked = [];
  });

  afterEach(() => server.close());

  async function sent(change: Partial<Message> = {}, locale: 'zh' | 'en' = 'en') {
    const receipt = await channel.deliver(toLin(change, locale), 60_000);
    expect({ receipt, faults: server.faults }).toEqual({
      receipt: { outcome: 'accepted', detail: 'SMTP 250 2.0.0' },
      faults: [],
    });
    const mail = readMail(server.taken.at(-1)?.message ?? '');
    const read = (type: string) => partsOf(mail, type)[0]?.content.toString() ?? '';
    return { mail, headers: mail.headers, text: read('text/plain'), html: read('text/html') };
  }

  it.each([
    ['en', 'Critical · Gas alarm', /^Critical: Gas alarm\r?\n.*10 %LEL.*I have seen it:/s, 'lang="en"'],
    ['zh', '危急 · 燃气告警', /^危急: 燃气告警\r?\n.*10 %LEL.*我知道了:/s, 'lang="zh"'],
  ] as const)('says in %s what happened, what to do and where', async (locale, subject, says, lang) => {
    const { headers, text, html } = await sent({}, locale);
    expect(headers.get('subject')).toBe(subject);
    expect(headers.get('to')).toBe(address);
    expect(headers.get('from')).toBe('Airbind 网关 <alarms@gateway.example>');
    expect(text).toMatch(says);
    expect(html).toContain(lang);
    const [link = '', token = ''] = /https:\/\/gateway\.example\/message\/([\w.-]+)/.exec(text) ?? [];
    expect(readLink(token)).toMatchObject({ purpose: 'acknowledge', subject: 'alarm1' });
    expect(html).toContain(`href="${link}"`);
    expect(html).toContain('href="https://gateway.example/alarms/alarm1"');
    expect(server.taken[0]).toMatchObject({ from: 'alarms@gateway.example', to: address });
  });

  it('marks what is about life safety as urgent, and lets nobody unsubscribe from it', async () => {
    const { headers } = await sent();
    expect(headers.get('importance')).toBe('high');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.has('list-unsubscribe')).toBe(false);
  });

  it('lets a mail program unsubscribe from all else with one click', async () => {
    const { headers } = await sent({ class: 'T' });
    expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const [, token = ''] =
      /^<https:\/\/gateway\.example\/api\/v1\/message-links\/([\w.-]+)>$/.exec(
        headers.get('list-unsubscribe') ?? '',
      ) ?? [];
    expect(readLink(token)).toMatchObject({ endpointId: 'endpoint1', purpose: 'unsubscribe' });
    expect(isGenuine(token, 'the-key-of-the-links')).toBe(true);
  });

  it('has the same id at every attempt and another for every message, in one conversation an alarm', async () => {
    const [first, again] = [await sent(), await sent()];
    expect(again.headers.get('message-id')).toBe(first.headers.get('message-id'));
    const other = { ...toLin({ step: 'cleared' }), id: 'notice2-endpoint1' };
    await channel.deliver(other, 60_000);
    const mail = readMail(server.taken.at(-1)?.message ?? '');
    expect(mail.headers.get('message-id')).not.toBe(first.headers.get('message-id'));
    expect(mail.headers.get('references')).toBe(first.headers.get('references'));
    expect(mail.headers.get('airbind-delivery')).toBe('notice2-endpoint1');
  });

  it('goes without a picture that cannot be read in time, and fails over none that cannot be read', async () => {
    for (const read of [new Promise<null>(() => {}), Promise.reject(new Error('the disk is gone'))]) {
      pictures.instead = read;
      const { mail } = await sent();
      expect(partsOf(mail, 'image/jpeg')).toEqual([]);
      expect(pictures.asked.splice(0)).toEqual(['gas-1 1']);
    }
  });

  it('shows the camera’s picture in the mail', async () => {
    const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 13, 10, 46, 13, 10, 0xff, 0xd9]);
    pictures.picture = jpeg;
    const { mail, html } = await sent({ class: 'S' });
    const [image] = partsOf(mail, 'image/jpeg');
    expect(Uint8Array.from(image?.content ?? [])).toEqual(jpeg);
    expect(image?.headers.get('content-id')).toBe('<picture>');
    expect(html).toContain('src="cid:picture"');
    expect(pictures.asked).toEqual(['gas-1 1']);
  });

  it('shows none where there is none, or where it would say nothing', async () => {
    const { mail, html } = await sent();
    expect(partsOf(mail, 'image/jpeg')).toEqual([]);
    expect(html).not.toContain('<img');
    await sent({ step: 'cleared' });
    await sent({ about: 'endpoint', step: 'test', deviceId: null, epoch: null });
    expect(pictures.asked).toEqual(['gas-1 1']);
  });

  it('escapes what people named', async () => {
    const { html, text } = await sent({ title: { zh: 'x', en: '<b onload="x">Kitchen & co</b>' } });
    expect(html).toContain('&lt;b onload=&quot;x&quot;&gt;Kitchen &amp; co&lt;/b&gt;');
    expect(text).toContain('<b onload="x">Kitchen & co</b>');
  });

  it('carries lines that begin with a dot, and lines that are long', async () => {
    const en = `.\n..two dots\n${'x'.repeat(2_000)}`;
    const { text } = await sent({ body: { zh: 'x', en } });
    expect(text.replace(/\r\n/g, '\n')).toContain(en);
  });

  it.each([
    ['recipient', '550 5.1.1 <%> no such user', { outcome: 'refused', detail: 'SMTP 550 5.1.1' }],
    ['recipient', '452 4.2.2 <%> mailbox full', { outcome: 'retry', detail: 'SMTP 452 4.2.2' }],
    ['recipient', '450 greylisted for 5 minutes', { outcome: 'retry', detail: 'SMTP 450', afterMs: 300_000 }],
    ['sender', '553 5.1.8 not from here', { outcome: 'refused', detail: 'SMTP 553 5.1.8' }],
    ['message', '552 5.3.4 too big', { outcome: 'refused', detail: 'SMTP 552 5.3.4' }],
    ['greeting', '554 no service', { outcome: 'retry', detail: 'SMTP 554' }],
    ['greeting', '421 too many connections', { outcome: 'retry', detail: 'SMTP 421' }],
  ] as const)('takes, at the %s, "%s" for what it is', async (at, answer, receipt) => {
    server.answers[at] = answer;
    expect(await channel.deliver(toLin(), 60_000)).toEqual(receipt);
  });

  it('comes again when the password is not taken, for the operator can put that right', async () => {
    server.credentials = { user: 'airbind', pass: 'right' };
    const wrong = channelOf(server.url.replace('right', 'wrong'));
    const receipt = await wrong.deliver(toLin(), 60_000);
    expect(receipt).toEqual({ outcome: 'retry', detail: 'SMTP 535 5.7.8' });
    expect(server.taken).toEqual([]);
  });

  it('sends no mail over TLS to who cannot prove their name', async () => {
    const receipt = await channelOf(server.url.replace('smtp:', 'smtps:')).deliver(toLin(), 60_000);
    expect(receipt).toMatchObject({ outcome: 'retry' });
    expect(server.taken).toEqual([]);
  });

  it('leaves no connection behind, whatever the server did', async () => {
    server.answers.message = null;
    expect(await channel.deliver(toLin(), 100)).toEqual({ outcome: 'retry', detail: 'no answer in time' });
    while (server.connections > 0) await new Promise(setImmediate);
  });

  it('opens only so many connections at a time, and sends all that waits', async () => {
    let most = 0;
    server.answers.message = '250 2.0.0 queued';
    const counting = setInterval(() => {
      most = Math.max(most, server.connections);
    }, 1);
    const receipts = await Promise.all(Array.from({ length: 40 }, () => channel.deliver(toLin(), 60_000)));
    clearInterval(counting);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(Array(40).fill('accepted'));
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(1);
  });

  it('says which settings it lacks', () => {
    expect(channelOf(null, null).missing).toEqual(['SMTP_URL', 'MAIL_FROM']);
    expect(channelOf('smtp://mx.example').missing).toEqual([]);
  });
});
