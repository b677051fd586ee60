// The links in messages over real HTTP: looking does nothing, posting does, and a mail program may post a form.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiPrefix } from '#codecs/api';
import { EndpointStore, type LinkPurpose, signLink } from '#domain/notices';
import { resident, startTestGateway, TestCaller, type TestGateway } from '../gateway.fixture.js';

describe('the link in a message', () => {
  let gateway: TestGateway;
  let lin: TestCaller;
  let endpointId: string;

  beforeAll(async () => {
    gateway = await startTestGateway();
    lin = await resident(gateway, 'lin@example.org');
    const details = { channel: 'ntfy', url: 'https://ntfy.example/home' } as const;
    endpointId = (await lin.call('addEndpoint', { body: details })).id;
  });

  afterAll(() => gateway.close());

  async function tokenFor(purpose: LinkPurpose): Promise<string> {
    const endpoint = await gateway.app.get(EndpointStore).byId(endpointId);
    return signLink({ endpointId, purpose, subject: '', sentAt: Date.now() }, endpoint?.linkKey ?? '');
  }

  const endpoint = async () => (await lin.call('endpoints'))[0];

  it('shows on GET and acts on POST, for whoever holds it', async () => {
    const token = await tokenFor('arrived');
    const nobody = new TestCaller(gateway.url);
    for (let scans = 0; scans < 3; scans += 1) {
      expect(await nobody.call('messageLink', { params: { token } })).toMatchObject({ isDone: false });
    }
    expect(await endpoint()).toMatchObject({ state: 'unproven' });
    expect(await nobody.call('followMessageLink', { params: { token } })).toMatchObject({ isDone: true });
    expect(await endpoint()).toMatchObject({ state: 'proven' });
  });

  it('lets a mail program unsubscribe with one click (RFC 8058)', async () => {
    const response = await fetch(
      `${gateway.url}${apiPrefix}/message-links/${await tokenFor('unsubscribe')}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      },
    );
    expect(response.status).toBe(200);
    expect(await endpoint()).toMatchObject({ lifeSafetyOnlySince: expect.any(Number) });
  });

  it('takes a form nowhere that wants to be told something', async () => {
    const response = await fetch(`${gateway.url}${apiPrefix}/endpoints`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Bearer ${lin.token}`,
      },
      body: 'channel=webhook&url=https://evil.example',
    });
    expect(response.status).toBe(400);
  });

  it('never stands in the log', async () => {
    const token = await tokenFor('arrived');
    await lin.call('followMessageLink', { params: { token } });
    expect(gateway.log.join('')).not.toContain(token);
  });
});
