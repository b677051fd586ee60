// From where the ledger says that something was done: as the gateway trusts it, and no more than its reader may know.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  bind,
  firstOperator,
  makeLamps,
  password,
  resident,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';

const home = '2001:db8:9:9::77';
const office = '203.0.113.77';
const at = (address: string) => ({ 'x-forwarded-for': address });

let gateway: TestGateway;
let owner: TestCaller;
let operator: TestCaller;
let params: Record<string, string>;

beforeAll(async () => {
  gateway = await startTestGateway({ TRUST_PROXY: '127.0.0.1' });
  operator = await firstOperator(gateway);
  owner = await resident(gateway);
  const [lamp] = await makeLamps(gateway);
  if (!lamp) throw new Error('no lamp was made');
  await bind(owner, lamp.ticket);
  params = { deviceId: lamp.id };
});

afterAll(() => gateway.close());

const newest = async (reader: TestCaller) => (await reader.call('ledger', { params }))[0];

it('a call with a token is a program’s, from the address that the proxy in front of us vouches for', async () => {
  await owner.call('changeDevice', { params, body: { name: 'Hall' }, headers: at(home) });
  expect(await newest(owner)).toMatchObject({
    ...{ what: 'renamed', by: 'you', whom: null },
    from: { via: 'program', address: home },
  });
});

it('a call with a session’s cookie is the page’s', async () => {
  const signedIn = await new TestCaller(gateway.url).raw('signIn', {
    body: { email: 'resident@example.org', password },
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  const headers = { cookie, origin: gateway.url, ...at(office) };
  await new TestCaller(gateway.url).raw('lockDevice', { params, headers });
  expect(await newest(owner)).toMatchObject({ what: 'locked', from: { via: 'page', address: office } });
});

it('an operator sees from where an owner did it, and an owner not from where an operator did', async () => {
  expect((await newest(operator))?.from).toEqual({ via: 'page', address: office });
  const body = { reason: 'Returned to the shop' };
  await operator.call('forceRelease', { params, body, headers: at('198.51.100.7') });
  const former = await operator.call('ledger', { params });
  expect(former[0]).toMatchObject({ by: 'you', from: { via: 'program', address: '198.51.100.7' } });
});

it('what is done with the token in the data folder was done on the gateway’s machine', async () => {
  const local = new TestCaller(gateway.url, gateway.cliToken);
  await local.call('retireDevice', { params, body: { reason: 'burnt' } });
  expect(await newest(operator)).toMatchObject({
    by: 'operator',
    from: { via: 'machine', address: '127.0.0.1' },
  });
});
