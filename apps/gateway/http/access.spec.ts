// Every door of the endpoints table, tried by nobody, a resident, an operator and a made-up token.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Endpoint, type EndpointName, endpoints, pathOf, streams } from '#codecs/api';
import {
  bind,
  firstOperator,
  makeLamps,
  openProduct,
  resident,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';

const names = Object.keys(endpoints) as EndpointName[];
const all = names.map(name => [name, endpoints[name] as Endpoint] as const);

describe('every door', () => {
  let gateway: TestGateway;
  let nobody: TestCaller;
  let person: TestCaller;
  let operator: TestCaller;
  let params: Record<string, string>;
  /** For what cannot be undone: something that nothing else is tried on. */
  let own: Partial<Record<EndpointName, Record<string, string>>>;

  beforeAll(async () => {
    gateway = await startTestGateway();
    nobody = new TestCaller(gateway.url);
    person = await resident(gateway);
    operator = await firstOperator(gateway);
    await operator.call('makeAuthority', { body: {} });
    const [lamp, spare] = await makeLamps(gateway, 2);
    if (!lamp || !spare) throw new Error('no lamp was made');
    const unused = { ...openProduct, id: 'unused' };
    await operator.call('putProduct', { params: { productId: unused.id }, body: unused });
    own = { reprintLabel: { deviceId: spare.id }, dropProduct: { productId: unused.id } };
    await bind(person, lamp.ticket);
    const [home] = await person.call('homes');
    params = {
      deviceId: lamp.id,
      ticket: lamp.ticket,
      productId: 'lamp',
      homeId: home?.id ?? '',
      alarmId: 'none',
      webhookId: 'none',
      applicationId: 'none',
      endpointId: 'none',
      contactId: 'none',
      token: 'none',
      batch: 'none',
    };
  });

  afterAll(() => gateway.close());

  /** Without a query, and with a body that no schema takes, so that nothing is changed: whoever is let in is told what is wrong with it. */
  async function knock(caller: TestCaller, name: EndpointName) {
    const body = 'body' in endpoints[name] ? 'not a body' : undefined;
    const response = await caller.raw(name, { params: { ...params, ...own[name] }, body: body as never });
    const { code } = (await response.json()) as { code?: string };
    return { status: response.status, code };
  }

  /** Their ids name nothing here. */
  const namesNothing = new Set<EndpointName>([
    'alarm',
    'acknowledge',
    'reset',
    'dropWebhook',
    'rotateApplication',
    'dropApplication',
    'testEndpoint',
    'askConfirmation',
    'dropEndpoint',
    'dropContact',
    'batch',
    'confirmBatch',
    'batchDevices',
    'batchPins',
  ]);
  const isLink = new Set<EndpointName>(['messageLink', 'followMessageLink']);

  /** What somebody sees who came in. */
  const inside = (name: EndpointName, { query, body, status }: Endpoint) => {
    if (body || query?.safeParse({}).success === false) return { status: 400, code: 'invalid-request' };
    if (isLink.has(name)) return { status: 410, code: 'link-spent' };
    return namesNothing.has(name)
      ? { status: 404, code: 'not-found' }
      : { status: status ?? 200, code: undefined };
  };

  const lasting = all.filter(([name]) => name !== 'signOut' && name !== 'release');

  it.each(lasting)('%s is shut to nobody unless the table says public', async (name, endpoint) => {
    const expected =
      endpoint.access === 'public' ? inside(name, endpoint) : { status: 401, code: 'not-signed-in' };
    expect(await knock(nobody, name)).toEqual(expected);
  });

  it.each(lasting)(
    '%s looks like no door to a resident when the table says operator',
    async (name, endpoint) => {
      const expected =
        endpoint.access === 'operator' ? { status: 404, code: 'not-found' } : inside(name, endpoint);
      expect(await knock(person, name)).toEqual(expected);
    },
  );

  it.each(lasting.filter(([, { access }]) => access === 'operator'))(
    '%s is open to an operator',
    async (name, endpoint) => {
      expect(await knock(operator, name)).toEqual(inside(name, endpoint));
    },
  );

  it.each(lasting)('%s does not care for a token that was made up', async (name, endpoint) => {
    const stranger = new TestCaller(gateway.url, 'a'.repeat(43));
    const expected =
      endpoint.access === 'public' ? inside(name, endpoint) : { status: 401, code: 'not-signed-in' };
    expect(await knock(stranger, name)).toEqual(expected);
  });

  it.each([
    ['events', 'person'],
    ['snapshot', 'person'],
    ['label', 'operator'],
  ] as const)('the stream %s is shut to nobody', async (name, access) => {
    const url = gateway.url + pathOf(streams[name], params);
    expect((await fetch(url)).status).toBe(401);
    if (access === 'person') return;
    const asResident = await fetch(url, { headers: { authorization: `Bearer ${person.token}` } });
    expect(asResident.status).toBe(404);
  });

  it.each(['device', 'ledger', 'changeDevice', 'release', 'command'] as const)(
    '%s answers for somebody else’s device as for none',
    async name => {
      const stranger = await resident(gateway, `stranger-to-${name}@example.org`);
      const bodies: Partial<Record<EndpointName, unknown>> = {
        changeDevice: { name: 'Mine' },
        command: { name: 'blink' },
      };
      const ask = async (deviceId: string) => {
        const response = await stranger.raw(name, { params: { deviceId }, body: bodies[name] as never });
        return { status: response.status, problem: await response.json() };
      };
      const theirs = await ask(params.deviceId ?? '');
      expect(theirs).toEqual(await ask('nosuchdevice'));
      expect(theirs).toMatchObject({ status: 404, problem: { code: 'not-found' } });
    },
  );

  it('a route that is not there is a problem too', async () => {
    const response = await fetch(`${gateway.url}/api/v1/nothing`);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('the local operator binds nothing and is told nothing, for there is no account behind it', async () => {
    const local = new TestCaller(gateway.url, gateway.cliToken);
    const claim = await local.raw('claim', { params, body: { proof: { by: 'none' } } });
    const hook = await local.raw('makeWebhook', { body: { url: 'https://example.org/' } });
    expect([claim.status, hook.status]).toEqual([404, 404]);
    expect(await local.call('currentSession')).toMatchObject({
      account: { role: 'operator', email: 'operator@localhost' },
    });
    expect(await local.call('homes')).toEqual([]);
  });

  it('is shut again after signing out', async () => {
    const leaving = await resident(gateway, 'leaving@example.org');
    await leaving.call('signOut');
    expect((await leaving.raw('currentSession')).status).toBe(401);
  });
});
