// A whole run at the most talkative level of the log, in which nothing may stand that opens a door or names a person.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestCaller } from '../apps/gateway/gateway.fixture.js';
import { until } from './condition.js';
import { Household } from './household.js';
import { addressOf, passwordOf, refusalOf } from './person.js';
import { PlainDevice } from './plain-device.js';
import { WebhookReceiver } from './webhook-receiver.js';

const lastPart = (url: string): string => url.split('/').at(-1) ?? '';

describe('the log of a whole run', () => {
  const secrets = new Map<string, string>();
  let log = '';
  let household: Household;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    household = await Household.open();
    receiver = await WebhookReceiver.open();
    const { gateway, operator } = household;
    const keep = (name: string, secret = '') => secrets.set(name, secret);
    keep('token of the data folder', gateway.cliToken);
    keep('first operator’s link', lastPart(gateway.firstOperatorUrl ?? ''));

    // People: signing up, signing in, failing to, and coming by a link.
    const owner = await household.person('Lan');
    keep('password', passwordOf('Lan'));
    keep('mail address', addressOf('Lan'));
    keep('session token', owner.sessionToken);
    const nobody = new TestCaller(gateway.url);
    const wrongPassword = 'not the password of Lan';
    await refusalOf(nobody.raw('signIn', { body: { email: addressOf('Lan'), password: wrongPassword } }));
    keep('wrong password', wrongPassword);
    await refusalOf(
      nobody.raw('signUp', { body: { email: addressOf('Lan'), password: passwordOf('Lan'), name: 'L' } }),
    );
    const email = 'guest@people.example';
    keep('guest’s mail address', email);
    const link = await operator.call('makeSignInLink', { body: { email, name: 'Guest' } });
    keep('sign-in link', lastPart(link.url));
    await fetch(new URL(new URL(link.url).pathname, gateway.url));
    const entered = await nobody.raw('signInByLink', { body: { token: lastPart(link.url) } });
    const [cookie = ''] = entered.headers.getSetCookie();
    keep('cookie', cookie.split(';')[0]?.split('=')[1]);
    await refusalOf(nobody.raw('signInByLink', { body: { token: lastPart(link.url) } }));
    await fetch(gateway.firstOperatorUrl ?? '');
    const forged = 'forged-token-0123456789-forged-token';
    await refusalOf(new TestCaller(gateway.url, forged).raw('devices'));
    keep('forged token', forged);

    // Devices: made, scanned, bound by PIN and by button, refused at the broker.
    const gasMade = await household.make('gas-sensor');
    const doorMade = await household.make('door-contact');
    for (const [name, made] of Object.entries({ gas: gasMade, door: doorMade })) {
      keep(`secret of the ${name}`, made.secret);
      keep(`ticket of the ${name}`, made.ticket);
      keep(`URL of the ${name}`, lastPart(made.url));
    }
    keep('PIN', doorMade.pin);
    const { spoken } = await operator.call('deviceTicket', { params: { deviceId: doorMade.id } });
    keep('spoken ticket', spoken);
    await fetch(`${gateway.url}/api/v1/devices/${doorMade.id}/label`, {
      headers: { authorization: `Bearer ${gateway.cliToken}` },
    });
    for (const path of [gasMade.ticket, gasMade.ticket.toLowerCase()])
      await fetch(`${gateway.url}/D/${path}`);
    const params = { ticket: doorMade.ticket };
    await nobody.call('ticket', { params });
    const wrongPin = doorMade.pin === '482917' ? '482918' : '482917';
    keep('wrong PIN', wrongPin);
    await refusalOf(owner.raw('claim', { params, body: { proof: { by: 'pin', pin: wrongPin } } }));
    await refusalOf(owner.raw('claim', { params, body: { proof: { by: 'pin', pin: 'abc' } } } as never));
    const { nonce } = await owner.call('claim', {
      params,
      body: { proof: { by: 'pin', pin: doorMade.pin ?? '' } },
    });
    keep('nonce', nonce);
    await owner.call('confirm', { params, body: { nonce } });
    const wrongSecret = 'a-device-secret-that-is-wrong';
    keep('wrong device secret', wrongSecret);
    const impostor = PlainDevice.connect({ id: gasMade.id, secret: wrongSecret }, gateway.mqttPort);
    await expect(impostor).rejects.toThrow();
    const door = await PlainDevice.connect(doorMade, gateway.mqttPort);
    await door.say(
      'telemetry',
      JSON.stringify({ boot: 1, seq: 1, password: doorMade.secret, pin: doorMade.pin }),
    );
    await door.say('telemetry', doorMade.secret);
    await door.cut();

    // An alarm, told live and by a webhook that fails at first.
    const webhook = await owner.call('makeWebhook', {
      body: { url: `${receiver.url}?key=hidden-in-the-address` },
    });
    keep('webhook’s secret', webhook.secret);
    keep('key in the webhook’s address', 'hidden-in-the-address');
    receiver.answer = () => (receiver.posted.length === 0 ? 500 : 204);
    const home = await household.running(gasMade);
    home.device('gas').press();
    await until('the press counts', () => owner.bind(gasMade.ticket, { by: 'button' }));
    home.device('gas').leak();
    const { notice } = await owner.page.heard(({ step }) => step === 'raised');
    await owner.call('acknowledge', { params: { alarmId: notice.alarmId ?? '' } });
    await until('the webhook has it', () => receiver.taken.length > 0);
    await owner.call('signOut');

    await household.close();
    log = gateway.log.join('');
  }, 60_000);

  afterAll(() => receiver.close());

  it('tells of what was done', () => {
    for (const told of ['/api/v1/tickets/:ticket', 'mqtt-malformed', 'credentials', '"level":"debug"']) {
      expect(log).toContain(told);
    }
  });

  it('holds no password, secret, ticket, PIN, token, link or mail address', () => {
    const found: string[] = [];
    for (const [name, secret] of secrets) {
      expect([name, secret]).toEqual([name, expect.stringMatching(/.{6}/)]);
      // A PIN is a short number: only by itself does it count as one.
      const pattern = new RegExp(`(?<![0-9A-Za-z])${quoted(secret)}(?![0-9A-Za-z])`, 'i');
      const line = log
        .split('\n')
        .find(
          each =>
            pattern.test(each) || (secret.length > 12 && each.toLowerCase().includes(secret.toLowerCase())),
        );
      if (line !== undefined) found.push(`${name}: ${line}`);
    }
    expect(found).toEqual([]);
    expect(log).not.toContain('@people.example');
    expect(secrets.size).toBeGreaterThan(20);
  });
});

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
