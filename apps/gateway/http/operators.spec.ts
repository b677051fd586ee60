// Operators over HTTP: one lets another in by a link, each can go but the last, and who went can do nothing more.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectAsync } from 'mqtt';
import { apiPrefix, type NoticeStep, operatorLinkMinutes, pathOf, streams } from '#codecs/api';
import { topicOf } from '#codecs/wire';
import { AccountStore } from '#domain/accounts';
import { until } from '../../../test/condition.js';
import {
  firstOperator,
  makeLamps,
  password,
  resident,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';

let gateway: TestGateway;
let ada: TestCaller;
let bo: TestCaller;

beforeEach(async () => {
  gateway = await startTestGateway({ TRUST_PROXY: '127.0.0.1' });
  ada = await firstOperator(gateway);
  bo = await resident(gateway, 'bo@example.org');
});

afterEach(() => gateway.close());

const tokenOf = (url: string): string => url.split('/').at(-1) ?? '';
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
const idOf = async (caller: TestCaller) => (await caller.call('currentSession')).account.id;
const local = () => new TestCaller(gateway.url, gateway.cliToken);

async function link(by = ada): Promise<{ token: string }> {
  return { token: tokenOf((await by.call('makeOperatorLink')).url) };
}

async function letIn(caller = bo, by = ada): Promise<string> {
  await caller.call('becomeOperator', { params: await link(by) });
  return idOf(caller);
}

describe('a link that makes an operator', () => {
  it('leads to a page, works for an hour, and is kept as a hash alone', async () => {
    const { url, expiresAt } = await ada.call('makeOperatorLink');
    expect(url).toMatch(/\/operator\/[\w-]{43}$/);
    const minutes = (expiresAt - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(operatorLinkMinutes - 1);
    expect(minutes).toBeLessThanOrEqual(operatorLinkMinutes);
    expect(gateway.log.join('')).not.toContain(tokenOf(url));
  });

  it('says who offers it, to anybody, and is not used by looking', async () => {
    const params = await link();
    const nobody = new TestCaller(gateway.url);
    expect(await nobody.call('operatorOffer', { params })).toMatchObject({
      by: 'Operator',
      isOperator: false,
    });
    expect(await ada.call('operatorOffer', { params })).toMatchObject({ isOperator: true });
    expect(await codeOf(await nobody.raw('becomeOperator', { params }))).toBe('not-signed-in');
    await bo.call('becomeOperator', { params });
    expect(await bo.call('status')).toBeDefined();
  });

  it('works once, and is no link when another was made, or it was withdrawn', async () => {
    const cy = await resident(gateway, 'cy@example.org');
    const [first, second] = [await link(), await link()];
    expect(await codeOf(await bo.raw('becomeOperator', { params: first }))).toBe('link-spent');
    await bo.call('becomeOperator', { params: second });
    for (const params of [first, second, { token: 'x'.repeat(43) }]) {
      expect(await codeOf(await cy.raw('operatorOffer', { params }))).toBe('link-spent');
      expect(await codeOf(await cy.raw('becomeOperator', { params }))).toBe('link-spent');
    }
    const third = await link(bo);
    await ada.call('withdrawOperatorLink');
    expect(await codeOf(await cy.raw('becomeOperator', { params: third }))).toBe('link-spent');
    expect(await codeOf(await ada.raw('withdrawOperatorLink'))).toBe('not-found');
  });

  it('stays for whom it is meant when an operator opens it', async () => {
    const params = await link();
    await ada.call('becomeOperator', { params });
    expect((await ada.call('operators')).link).toMatchObject({ by: { is: 'you', name: 'Operator' } });
    await bo.call('becomeOperator', { params });
  });

  it('can be made on the gateway’s machine when the only operator is lost, and not used from there', async () => {
    const params = await link(local());
    expect(await codeOf(await local().raw('becomeOperator', { params }))).toBe('not-found');
    expect(await bo.call('operatorOffer', { params })).toMatchObject({ by: null });
    await bo.call('becomeOperator', { params });
    await local().call('removeOperator', { params: { accountId: await idOf(ada) } });
    expect((await bo.call('operators')).operators).toMatchObject([{ name: 'Resident', isYou: true }]);
  });
});

describe('an operator', () => {
  it('sees who else is one, and what happened, and from where', async () => {
    const boId = await letIn();
    const headers = { 'x-forwarded-for': '203.0.113.77' };
    await ada.call('removeOperator', { params: { accountId: boId }, headers });
    const { operators, link: open, acts } = await ada.call('operators');
    expect(operators).toMatchObject([{ name: 'Operator', email: 'operator@example.org', isYou: true }]);
    expect(open).toBeNull();
    expect(acts).toMatchObject([
      {
        ...{
          what: 'removed',
          by: { is: 'you', name: 'Operator' },
          whom: { is: 'somebody', name: 'Resident' },
        },
        from: { via: 'program', address: '203.0.113.77' },
      },
      { what: 'joined', by: { is: 'somebody', name: 'Resident' }, whom: null },
      { what: 'invited', by: { is: 'you' } },
    ]);
  });

  it('who steps down is a resident, and the last one stays', async () => {
    const accountId = await letIn();
    await bo.call('removeOperator', { params: { accountId } });
    expect((await bo.call('currentSession')).account.role).toBe('resident');
    expect(await codeOf(await bo.raw('operators'))).toBe('not-found');
    const last = await ada.raw('removeOperator', { params: { accountId: await idOf(ada) } });
    expect(last.status).toBe(409);
    expect(await codeOf(last)).toBe('last-operator');
    const again = await ada.raw('removeOperator', { params: { accountId } });
    expect(await codeOf(again)).toBe('not-found');
  });

  it('who was taken down is shut out of every session at once, and what they watch ends', async () => {
    const [lamp] = await makeLamps(gateway);
    const accountId = await letIn();
    const url = gateway.url + pathOf(streams.watch, { deviceId: lamp?.id ?? '' });
    const watch = await fetch(url, { headers: { authorization: `Bearer ${bo.token}` } });
    expect(watch.status).toBe(200);
    await ada.call('removeOperator', { params: { accountId } });
    // To its end: it would go on for ever.
    await watch.text();
    expect(await codeOf(await bo.raw('status'))).toBe('not-found');
    expect((await fetch(url, { headers: { authorization: `Bearer ${bo.token}` } })).status).toBe(404);
  });

  it('is told of devices that nobody owns from the moment they are one, and no longer', async () => {
    const cy = await resident(gateway, 'cy@example.org');
    await letIn(cy);
    const device = await freeSensor();
    await device.say(0);
    const events = await listen(bo);
    const accountId = await letIn();
    await until('the page asks anew', () => events().includes('event: devices'));
    await device.say(14);
    const [raised] = await until('it is told', () => noticesOf(bo, 'raised'));
    const heard = events().length;
    await ada.call('removeOperator', { params: { accountId } });
    await until('the page asks anew', () => events().slice(heard).includes('event: devices'));
    await ada.call('acknowledge', { params: { alarmId: raised?.alarmId ?? '' } });
    await until('another operator hears of it', () => noticesOf(cy, 'acknowledged'));
    expect(await noticesOf(bo, 'acknowledged')).toBe(false);
    await device.leave();
  });

  it('who is not the last can delete their account, and is a line in what happened', async () => {
    await letIn();
    const boId = await idOf(bo);
    const { token } = await bo.call('leaveGateway', { body: { password } });
    const nobody = new TestCaller(gateway.url);
    await until(
      'the account is gone',
      async () => (await nobody.call('farewell', { params: { token } })).certificate,
    );
    expect(await gateway.app.get(AccountStore).byId(boId)).toBeNull();
    const { operators, acts } = await ada.call('operators');
    expect(operators).toHaveLength(1);
    expect(acts.map(({ what, by, from }) => [what, by.is, from.address])).toEqual([
      ['left', 'gone', null],
      ['joined', 'gone', null],
      ['invited', 'you', '127.0.0.1'],
    ]);
  });
});

async function noticesOf(caller: TestCaller, step: NoticeStep) {
  const notices = (await caller.call('notices')).filter(notice => notice.step === step);
  return notices.length > 0 && notices;
}

/** A gas sensor that nobody owns, and how it says what it measures. */
async function freeSensor() {
  const { devices } = await local().call('makeBatch', { body: { product: 'gas-sensor', count: 1 } });
  const [{ id, secret } = { id: '', secret: '' }] = devices;
  const client = await connectAsync(`mqtt://127.0.0.1:${gateway.mqttPort}`, {
    ...{ clientId: id, username: id, password: secret, reconnectPeriod: 0 },
  });
  let seq = 0;
  const say = (lel: number) => {
    seq += 1;
    const said = { boot: 1, seq, values: { 'gas.lel': lel }, bits: { 'gas.alarm': lel > 5 } };
    return client.publishAsync(topicOf(id, 'telemetry'), JSON.stringify(said), { qos: 1 });
  };
  return { id, say, leave: () => client.endAsync() };
}

/** What the live stream says to somebody, so far. */
async function listen({ token }: TestCaller): Promise<() => string> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${gateway.url}${apiPrefix}${streams.events}`, { headers });
  let heard = '';
  const read = async () => {
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) heard += chunk;
  };
  read().catch(() => {});
  return () => heard;
}
