// Signing in over HTTP: cookies, tokens, links, other sites and guessing.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiPrefix } from '#codecs/api';
import {
  firstOperator,
  password,
  resident,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';

const cookieOf = (response: Response) => response.headers.get('set-cookie') ?? '';
const pairOf = (response: Response) => cookieOf(response).split(';')[0] ?? '';

describe('signing in', () => {
  let gateway: TestGateway;
  let nobody: TestCaller;

  beforeAll(async () => {
    gateway = await startTestGateway();
    nobody = new TestCaller(gateway.url);
  });

  afterAll(() => gateway.close());

  const signUp = (email: string) => nobody.raw('signUp', { body: { email, password, name: 'Ada' } });

  it('gives a browser a cookie that scripts and other sites cannot have, and no token', async () => {
    const response = await signUp('ada@example.org');
    expect(cookieOf(response)).toMatch(/^airbind=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await response.json()).not.toHaveProperty('token');
  });

  it('gives a program a token when it asks, and no cookie', async () => {
    const response = await nobody.raw('signUp', {
      body: { email: 'bo@example.org', password, name: 'Bo' },
      query: { token: 'true' },
    });
    expect(cookieOf(response)).toBe('');
    expect(await response.json()).toMatchObject({ token: expect.stringMatching(/^[\w-]{43}$/) });
  });

  it('says the same of a wrong password and of an unknown address', async () => {
    await signUp('cy@example.org');
    const ask = async (email: string) => {
      const response = await nobody.raw('signIn', { body: { email, password: 'something else' } });
      return { status: response.status, body: await response.json() };
    };
    expect(await ask('cy@example.org')).toEqual(await ask('nobody@example.org'));
  });

  it('tells every field at fault', async () => {
    const response = await nobody.raw('signUp', {
      body: { email: 'no address', password: 'short', name: '' },
    });
    const problem = (await response.json()) as { faults: { field: string }[] };
    expect(response.status).toBe(400);
    expect(problem.faults.map(({ field }) => field).sort()).toEqual(['email', 'name', 'password']);
  });

  it('makes the first operator by the printed link, and nobody by it a second time', async () => {
    const token = gateway.firstOperatorUrl?.split('/').at(-1) ?? '';
    const operator = await firstOperator(gateway);
    expect(await operator.call('currentSession')).toMatchObject({ account: { role: 'operator' } });
    const again = await nobody.raw('firstOperator', {
      body: { token, email: 'eve@example.org', password, name: 'Eve' },
    });
    expect(again.status).toBe(410);
    expect(await again.json()).toMatchObject({ code: 'link-spent' });
  });

  it('lets in by a link of an operator once, and makes the account that it is for', async () => {
    const operator = new TestCaller(gateway.url, gateway.cliToken);
    const link = await operator.call('makeSignInLink', { body: { email: 'guest@example.org' } });
    expect(link.url).toMatch(new RegExp(`^${gateway.publicUrl}/sign-in/[\\w-]{43}$`));
    const token = link.url.split('/').at(-1) ?? '';
    const session = await nobody.call('signInByLink', { body: { token }, query: { token: 'true' } });
    expect(session.account).toMatchObject({ email: 'guest@example.org', role: 'resident' });
    expect((await nobody.raw('signInByLink', { body: { token } })).status).toBe(410);
  });

  it('is slowed down for who guesses', async () => {
    const guess = () =>
      nobody.raw('signIn', { body: { email: 'ada@example.org', password: 'a wild guess' } });
    for (let n = 0; n < 5; n++) await guess();
    const refused = await guess();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('a call in somebody’s name by a cookie', () => {
  let gateway: TestGateway;
  let cookie: string;
  let homeId: string;

  beforeAll(async () => {
    gateway = await startTestGateway();
    const nobody = new TestCaller(gateway.url);
    cookie = pairOf(
      await nobody.raw('signUp', { body: { email: 'ada@example.org', password, name: 'Ada' } }),
    );
    const homes = await new TestCaller(gateway.url).call('homes', { headers: { cookie } });
    homeId = homes[0]?.id ?? '';
  });

  afterAll(() => gateway.close());

  const rename = async (headers: Record<string, string>) => {
    const response = await fetch(`${gateway.url}${apiPrefix}/homes/${homeId}`, {
      method: 'PATCH',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ name: 'Renamed' }),
    });
    return response.status;
  };

  it('is taken from our own pages', async () => {
    expect(await rename({ origin: gateway.publicUrl })).toBe(200);
    expect(await rename({ 'sec-fetch-site': 'same-origin' })).toBe(200);
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    {},
  ])('is refused with %j', async headers => {
    expect(await rename(headers)).toBe(403);
  });

  it('is refused for signing in too, or another site could sign somebody in as itself', async () => {
    const response = await new TestCaller(gateway.url).raw('signIn', {
      body: { email: 'ada@example.org', password },
      headers: { origin: 'https://evil.example' },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'cross-site' });
  });

  it('is free to look from anywhere, for nobody can read the answer there', async () => {
    const response = await fetch(`${gateway.url}${apiPrefix}/homes`, {
      headers: { cookie, 'sec-fetch-site': 'cross-site' },
    });
    expect(response.status).toBe(200);
  });

  it('ends with the session', async () => {
    const headers = { cookie, origin: gateway.publicUrl };
    const out = await new TestCaller(gateway.url).raw('signOut', { headers });
    expect(cookieOf(out)).toContain('airbind=;');
    expect(await rename({ origin: gateway.publicUrl })).toBe(401);
  });
});

describe('behind https', () => {
  it('the cookie is bound to the host and never sent in the clear', async () => {
    const gateway = await startTestGateway({ PUBLIC_URL: 'https://gas.example' });
    try {
      const response = await new TestCaller(gateway.url).raw('signUp', {
        body: { email: 'ada@example.org', password, name: 'Ada' },
        headers: { origin: 'https://gas.example' },
      });
      expect(cookieOf(response)).toMatch(/^__Host-airbind=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    } finally {
      await gateway.close();
    }
  });
});

describe('budgets', () => {
  it('end the looking up of codes from one address, and say when it goes on', async () => {
    const gateway = await startTestGateway({ HTTP_TICKETS_PER_MINUTE: '3' });
    try {
      const nobody = new TestCaller(gateway.url);
      const look = () => nobody.raw('ticket', { params: { ticket: 'nonsense' } });
      const statuses = [await look(), await look(), await look()].map(({ status }) => status);
      expect(statuses).toEqual([404, 404, 404]);
      const refused = await look();
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(20);
      const { status } = await (await resident(gateway)).raw('homes');
      expect(status).toBe(200);
    } finally {
      await gateway.close();
    }
  });
});
