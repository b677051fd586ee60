// A whole run, gateway and command line, at the most talkative level of the log: nothing may stand there that opens a door or names a person.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { typed } from '../apps/cli/typed.fixture.js';
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
  let terminal = '';
  let folder: string;
  let household: Household;
  let receiver: WebhookReceiver;
  let ending: Promise<void> | undefined;

  /** Once: the run does so when it is over, or whoever clears up after one that failed on the way. */
  function endHousehold(): Promise<void> {
    ending ??= household.close();
    return ending;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-secrets-'));
    receiver = await WebhookReceiver.open();
    household = await Household.open({ PUBLIC_URL: 'https://gas.example' });
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
    await fetch(new URL(new URL(gateway.firstOperatorUrl ?? '').pathname, gateway.url));
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
    // Longer than a process id, which stands in every line.
    const wrongPin = doorMade.pin === '48291736' ? '48291737' : '48291736';
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

    // A batch from the command line: its credentials into a file, its labels and PINs on paper.
    const told: string[] = [];
    const airbind = async (...words: string[]) => {
      const environment = { AIRBIND_URL: gateway.url, AIRBIND_TOKEN: gateway.cliToken };
      const { status, out, err } = await typed(words, { environment });
      expect([words, status]).toEqual([words, 0]);
      told.push(out, err);
    };
    const file = (name: string) => join(folder, name);
    const identity = await generateX25519Identity();
    keep('identity of age', identity);
    const product = ['--product', 'door-contact'];
    await airbind(
      'batches',
      'create',
      ...product,
      '--count',
      '3',
      '--name',
      'first',
      '--out',
      file('first.csv'),
    );
    await airbind('batches', 'export', 'first', '--out', file('again.csv'), '--again');
    await airbind('batches', 'confirm', 'first', '--yes');
    const key = await identityToRecipient(identity);
    await airbind('batches', 'create', ...product, '--count', '2', '--out', file('2.age'), '--age', key);
    for (const command of ['sheet', 'pins']) {
      await airbind('labels', command, '--batch', 'first', '--out', file(`${command}.pdf`));
    }
    for (const name of ['first.csv', 'again.csv']) {
      const [heading = '', ...rows] = (await readFile(file(name), 'utf8')).trim().split('\n');
      for (const row of rows) {
        const cells = new Map(heading.split(',').map((column, i) => [column, row.split(',')[i]]));
        for (const what of ['secret', 'pin', 'ticket', 'spoken']) {
          keep(`${what} of ${cells.get('id')} in ${name}`, cells.get(what));
        }
      }
    }
    const reprint = await operator.call('reprintLabel', { params: { deviceId: gasMade.id } });
    keep('ticket of the second label', reprint.ticket);
    await refusalOf(nobody.raw('ticket', { params: { ticket: gasMade.ticket } }));

    // An alarm, told live and by a webhook that fails at first.
    const webhook = await owner.call('makeWebhook', {
      body: { url: `${receiver.url}?key=hidden-in-the-address` },
    });
    keep('webhook’s secret', webhook.secret);
    keep('key in the webhook’s address', 'hidden-in-the-address');
    // Ways whose providers are not there, tested all the same.
    keep('topic of ntfy', 'a-topic-that-nobody-guesses');
    keep('token of ntfy', 'tk-of-the-topic');
    keep('key of a robot', 'key-of-the-robot');
    for (const body of [
      { channel: 'ntfy', url: 'http://127.0.0.1:9/a-topic-that-nobody-guesses', token: 'tk-of-the-topic' },
      { channel: 'wecom', url: 'http://127.0.0.1:9/send?key=key-of-the-robot' },
    ] as const) {
      const { id: endpointId } = await owner.call('addEndpoint', { body });
      await owner.call('testEndpoint', { params: { endpointId } });
    }
    receiver.answer = () => (receiver.posted.length === 0 ? 500 : 204);
    const home = await household.running(gasMade);
    home.device('gas').press();
    await until('the press counts', () => owner.bind(reprint.ticket, { by: 'button' }));
    home.device('gas').leak();
    const { notice } = await until('the page hears of the alarm', () =>
      owner.page.notices.find(({ notice: { step } }) => step === 'raised'),
    );
    await owner.call('acknowledge', { params: { alarmId: notice.alarmId ?? '' } });
    await until('the webhook has it', () => receiver.taken.length > 0);
    await owner.call('signOut');

    await endHousehold();
    log = gateway.log.join('');
    terminal = told.join('');
  });

  afterAll(async () => {
    if (household) await endHousehold();
    await receiver.close();
    await rm(folder, { recursive: true });
  });

  it('tells of what was done', () => {
    for (const told of ['/api/v1/tickets/:ticket', 'mqtt-malformed', 'credentials', '"level":"debug"']) {
      expect(log).toContain(told);
    }
  });

  it('holds no password, secret, ticket, PIN, token, link or mail address', () => {
    for (const [name, secret] of secrets) {
      expect([name, secret]).toEqual([name, expect.stringMatching(/.{6}/)]);
    }
    expect(secretsIn(log, secrets)).toEqual([]);
    expect(log).not.toContain('@people.example');
    expect(secrets.size).toBeGreaterThan(40);
  });

  it('holds none of them on the terminal of the maker either', () => {
    expect(terminal).toContain('3 devices of door-contact');
    expect(secretsIn(terminal, secrets)).toEqual([]);
  });

  it('would be found to hold each of them, wherever one stood', () => {
    const lines = log.trim().split('\n');
    const middle = Math.floor(lines.length / 2);
    for (const [name, secret] of secrets) {
      for (const written of [secret, secret.toLowerCase(), `"${secret}"`, `/D/${secret}?x`]) {
        const planted = [
          ...lines.slice(0, middle),
          `{"level":"trace","msg":"${written}"}`,
          ...lines.slice(middle),
        ];
        expect(secretsIn(planted.join('\n'), secrets).map(found => found.split(': ')[0])).toContain(name);
      }
    }
  });
});

/** The names of those that stand in a text, each with the line in which it was found. */
function secretsIn(text: string, secrets: ReadonlyMap<string, string>): string[] {
  const whole = text.toLowerCase();
  return [...secrets].flatMap(([name, secret]) => {
    // A PIN is a short number: only by itself does it count as one.
    const isLong = secret.length > 12;
    const alone = new RegExp(`(?<![0-9a-z])${quoted(secret.toLowerCase())}(?![0-9a-z])`);
    const at = isLong ? whole.indexOf(secret.toLowerCase()) : whole.search(alone);
    if (at < 0) return [];
    const line = text.slice(text.lastIndexOf('\n', at) + 1, text.indexOf('\n', at) >>> 0);
    return [`${name}: ${line}`];
  });
}

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
