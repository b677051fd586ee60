// Logins that meet something else: a revocation on their way, or another connection of the same client.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Admission } from './broker-policy.js';
import { OpenBroker, until } from './testing/open-broker.js';
import { Held } from './testing/recording-policy.js';

Logger.overrideLogger(false);

describe('a login', () => {
  let house: OpenBroker;

  beforeEach(async () => {
    house = await new OpenBroker({ takeOversPerMinute: 2 }).open();
  });

  afterEach(() => house.close());

  const stranger: Admission = { admitted: false, reason: 'credentials' };
  const device = (deviceId: string): Admission => ({
    admitted: true,
    identity: { kind: 'device', deviceId, children: [], isVital: false },
  });

  it('that was granted before its device was revoked, and not seated yet, is decided again', async () => {
    const [first, asked] = [new Held<Admission>(), [] as string[]];
    house.policy.authenticate = ({ clientId }) => {
      asked.push(clientId);
      return asked.length === 1 ? first.promise : Promise.resolve(stranger);
    };
    const attempt = house.connect('gas-1');
    await until(() => asked.length === 1);
    // The store has been asked already; there is no connection to be cut yet.
    house.link.disconnect('gas-1');
    first.resolve(device('gas-1'));
    await expect(attempt).rejects.toThrow(/Not authorized/);
    expect(asked).toHaveLength(2);
  });

  it('goes on when somebody else was cut off meanwhile', async () => {
    const [first, asked] = [new Held<Admission>(), [] as string[]];
    house.policy.authenticate = ({ clientId }) => {
      asked.push(clientId);
      return asked.length === 1 ? first.promise : Promise.resolve(device(clientId));
    };
    const attempt = house.connect('gas-1');
    await until(() => asked.length === 1);
    house.link.disconnect('gas-2');
    first.resolve(device('gas-1'));
    expect((await attempt).connected).toBe(true);
  });

  it('asks to come again when there is no end to such changes', async () => {
    house.policy.authenticate = async ({ clientId }) => {
      house.link.disconnect('gas-2');
      return device(clientId);
    };
    await expect(house.connect('gas-1')).rejects.toThrow(/unavailable/i);
  });

  async function rivals(count: number): Promise<('in' | 'refused')[]> {
    const outcomes: ('in' | 'refused')[] = [];
    for (let n = 0; n < count; n += 1) {
      const outcome = await house.connect('gas-1').then(
        () => 'in' as const,
        () => 'refused' as const,
      );
      outcomes.push(outcome);
    }
    return outcomes;
  }

  it('that ends another one of its client too often is refused, and the one that is there stays', async () => {
    expect(await rivals(5)).toEqual(['in', 'in', 'in', 'refused', 'refused']);
    expect(house.count('refused.contested')).toBe(1);
    expect(house.count('refused.quarantined')).toBe(1);
    expect(house.policy.contests).toMatchObject([{ kind: 'device', deviceId: 'gas-1' }]);
    expect(house.link.isConnected('gas-1')).toBe(true);
  });

  it('comes in again as soon as nobody of its client is there', async () => {
    await rivals(4);
    house.link.disconnect('gas-1');
    await until(() => !house.link.isConnected('gas-1'));
    expect(await rivals(1)).toEqual(['in']);
  });

  it('of what watches over lives is never refused for it', async () => {
    house.policy.vital.add('gas-1');
    expect(await rivals(6)).toEqual(['in', 'in', 'in', 'in', 'in', 'in']);
    expect(house.count('refused.contested')).toBe(3);
  });
});
