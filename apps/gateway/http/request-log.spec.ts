// The log of calls: from where somebody was refused, and never from where people use their gateway.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '../../../test/condition.js';
import {
  firstOperator,
  resident,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';

const address = '203.0.113.77';
const headers = { 'x-forwarded-for': address };

let gateway: TestGateway;
let owner: TestCaller;
let nobody: TestCaller;

beforeAll(async () => {
  gateway = await startTestGateway({ TRUST_PROXY: '127.0.0.1', HTTP_CLAIMS_PER_MINUTE: '1' });
  await firstOperator(gateway);
  owner = await resident(gateway);
  nobody = new TestCaller(gateway.url);
});

afterAll(() => gateway.close());

/** The line of a call that is made now. */
async function lineOf(call: () => Promise<Response>): Promise<Record<string, unknown>> {
  const before = gateway.log.length;
  const { status } = await call();
  const isOurs = (line: Record<string, unknown>) => line.event === 'request' && line.status === status;
  return until('it is logged', () =>
    gateway.log
      .slice(before)
      .map(line => JSON.parse(line) as Record<string, unknown>)
      .find(isOurs),
  );
}

const wrong = { email: 'resident@example.org', password: 'not the password' };
const ticket = { ticket: 'NOT0A0CODE' };

it.each([
  ['who could not sign in', 401, () => nobody.raw('signIn', { body: wrong, headers })],
  ['who is not signed in', 401, () => nobody.raw('homes', { headers })],
  ['who tries codes that are none', 404, () => nobody.raw('ticket', { params: ticket, headers })],
  [
    'who tries links that are none',
    410,
    () => nobody.raw('invitation', { params: { token: 'x'.repeat(43) }, headers }),
  ],
  [
    'whom another site sends',
    403,
    () => nobody.raw('signIn', { body: wrong, headers: { ...headers, origin: 'https://evil.example' } }),
  ],
])('says from where: %s', async (_, status, call) => {
  expect(await lineOf(call)).toMatchObject({ status, from: address, account: null });
});

it('says from where somebody tries more often than they may, signed in or not', async () => {
  const claim = () => owner.raw('claim', { params: ticket, body: { proof: { by: 'none' } }, headers });
  await claim();
  expect(await lineOf(claim)).toMatchObject({ status: 429, from: address });
});

it.each([
  [
    'signs in',
    201,
    () => nobody.raw('signUp', { body: { ...wrong, email: 'x@example.org', name: 'X' }, headers }),
  ],
  ['looks at their homes', 200, () => owner.raw('homes', { headers })],
  ['asks for what is gone', 404, () => owner.raw('device', { params: { deviceId: 'd9-9' }, headers })],
])('does not say from where somebody %s', async (_, status, call) => {
  const line = await lineOf(call);
  expect(line).toMatchObject({ status });
  expect(line).not.toHaveProperty('from');
  expect(JSON.stringify(line)).not.toContain(address);
});
