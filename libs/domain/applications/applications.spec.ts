// Applications as they are made, told apart and revoked, on a real store.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { hashToken } from '#domain/accounts';
import { ManualClock } from '#domain/clock';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { mayBeClientOf } from './application.js';
import { ApplicationLink } from './application-link.js';
import { Applications } from './applications.js';

const now = 1_763_700_000_000;
const rules = { subscribe: ['v1/devices/+/telemetry'], publish: ['v1/devices/d1-1/command'] };

class RecordedLink extends ApplicationLink {
  readonly ended: string[] = [];

  disconnect(applicationId: string): void {
    this.ended.push(applicationId);
  }

  async forget(applicationId: string): Promise<void> {
    this.ended.push(`${applicationId} for good`);
  }
}

describe('an application', () => {
  let stores: Stores;
  let link: RecordedLink;
  let applications: Applications;
  let names = 0;
  const newName = () => `dashboard-${++names}`;

  beforeAll(async () => {
    stores = await openTemporarySqlite();
  });

  afterAll(() => stores.close());

  beforeEach(() => {
    link = new RecordedLink();
    applications = new Applications(stores.applications, link, new ManualClock(now));
  });

  it('leaves of its secret only a hash, and is told apart by it', async () => {
    const [id, other] = [newName(), newName()];
    const { application, secret } = await applications.create(id, rules);
    const { secret: another } = await applications.create(other, rules);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(application).toEqual({ id, secretHash: hashToken(secret), rules, createdAt: now });
    expect(await applications.all()).toContainEqual(application);
    expect(await applications.check(id, secret)).toEqual(application);
    for (const wrong of [another, '', application.secretHash]) {
      expect(await applications.check(id, wrong)).toBeNull();
    }
    expect(await applications.check('no-such-application', secret)).toBeNull();
  });

  it('has a name of its own', async () => {
    const id = newName();
    const { secret } = await applications.create(id, rules);
    await expect(applications.create(id, rules)).rejects.toMatchObject({ code: 'application-exists' });
    expect(await applications.check(id, secret)).not.toBeNull();
  });

  it('with another secret no longer goes by the first, and is cut off', async () => {
    const id = newName();
    const { secret } = await applications.create(id, rules);
    const { secret: next } = await applications.rotate(id);
    expect(await applications.check(id, secret)).toBeNull();
    expect(await applications.check(id, next)).toMatchObject({ id, rules });
    expect(link.ended).toEqual([id]);
    await expect(applications.rotate('no-such-application')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('that is revoked is gone, and cut off', async () => {
    const id = newName();
    const { secret } = await applications.create(id, rules);
    await applications.revoke(id);
    expect(await applications.check(id, secret)).toBeNull();
    expect(link.ended).toEqual([`${id} for good`]);
    await expect(applications.revoke(id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it.each([
    ['subscribe', '$SYS/#'],
    ['subscribe', 'a/#/b'],
    ['subscribe', ''],
    ['publish', 'v1/devices/+/telemetry'],
    ['publish', 'v1/devices/#'],
    ['publish', '#'],
    ['publish', 'anything/else'],
  ] as const)('is not made with the rule to %s %j, which could never hold', async (field, filter) => {
    const wanted = { subscribe: [], publish: [], [field]: [filter] };
    const id = newName();
    await expect(applications.create(id, wanted)).rejects.toMatchObject({
      code: 'invalid-request',
      details: { faults: [{ field }] },
    });
    expect((await applications.all()).map(each => each.id)).not.toContain(id);
  });

  it('connects under its own name and whatever follows a slash', () => {
    expect(mayBeClientOf('dash', 'app:dash')).toBe(true);
    expect(mayBeClientOf('dash', 'app:dash/2')).toBe(true);
    expect(mayBeClientOf('dash', 'app:dashboard')).toBe(false);
    expect(mayBeClientOf('dash', 'dash')).toBe(false);
    expect(mayBeClientOf('dash', 'app:dash-2')).toBe(false);
  });
});
