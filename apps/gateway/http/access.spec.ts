// What a refusal gives away, and what there is for whoever has no account; who is let in stands in every-door.spec.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EndpointName } from '#codecs/api';
import {
  bind,
  makeLamps,
  resident,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';

describe('a door that is shut', () => {
  let gateway: TestGateway;
  let person: TestCaller;
  let params: Record<string, string>;

  beforeAll(async () => {
    gateway = await startTestGateway();
    person = await resident(gateway);
    const [lamp] = await makeLamps(gateway);
    if (!lamp) throw new Error('no lamp was made');
    await bind(person, lamp.ticket);
    params = { deviceId: lamp.id, ticket: lamp.ticket };
  });

  afterAll(() => gateway.close());

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
