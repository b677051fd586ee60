// A thousand people claim one device at the same moment over HTTP: what a gateway on any database promises them.
import { expect, it } from '@jest/globals';
import {
  makeLamps,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../apps/gateway/gateway.fixture.js';

const people = 1_000;

/** Somebody new, let in by a link: a thousand passwords would take minutes to hash. */
async function someone(gateway: TestGateway, operator: TestCaller, n: number): Promise<TestCaller> {
  const body = { email: `person-${n}@example.org` };
  const { url } = await operator.call('makeSignInLink', { body });
  const { token } = await new TestCaller(gateway.url).call('signInByLink', {
    body: { token: url.split('/').at(-1) ?? '' },
    query: { token: 'true' },
  });
  return new TestCaller(gateway.url, token);
}

/** @param environment which database */
export function thousandClaims(environment: () => Record<string, string>): void {
  it('gives one of a thousand the device, and refuses the others calmly', async () => {
    const gateway = await startTestGateway({ HTTP_CLAIMS_PER_MINUTE: '100000', ...environment() });
    try {
      const operator = new TestCaller(gateway.url, gateway.cliToken);
      const crowd: TestCaller[] = [];
      for (let n = 0; n < people; n++) crowd.push(await someone(gateway, operator, n));
      const [lamp] = await makeLamps(gateway);
      if (!lamp) throw new Error('no lamp was made');
      const params = { ticket: lamp.ticket };
      const answers = await Promise.all(
        crowd.map(async by => {
          const answer = await by.raw('claim', { params, body: { proof: { by: 'none' } } });
          return { by, status: answer.status, body: (await answer.json()) as Record<string, unknown> };
        }),
      );
      const [winner, ...others] = answers.filter(({ status }) => status === 201);
      expect(others).toEqual([]);
      const lost = answers.filter(answer => answer !== winner);
      expect(lost).toHaveLength(people - 1);
      // All the same words, and none of them about the winner.
      expect(new Set(lost.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
      expect(lost[0]).toMatchObject({ status: 409, body: { code: 'claim-lost' } });

      const nonce = String(winner?.body.nonce);
      const confirmed = await Promise.all(crowd.map(by => by.raw('confirm', { params, body: { nonce } })));
      expect(confirmed.filter(({ ok }) => ok)).toHaveLength(1);
      const devices = await operator.call('devices', { query: { all: 'true' } });
      expect(devices).toMatchObject([{ id: lamp.id, state: 'bound', epoch: 1 }]);
      expect(await winner?.by.call('devices')).toHaveLength(1);
    } finally {
      await gateway.close();
    }
  }, 180_000);
}
