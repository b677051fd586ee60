// Households: an account opens with a home, and the home is its own.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryAccountStore, OneTimeLinks, Passwords } from '#domain/accounts';
import { ManualClock } from '#domain/clock';
import { Households } from './households.js';
import { MemoryHomeStore } from './memory-home.store.js';

const ada = {
  email: 'Ada@Example.org',
  name: 'Ada',
  locale: 'en',
  password: 'correct horse battery',
} as const;

describe('households', () => {
  let accounts: MemoryAccountStore;
  let links: OneTimeLinks;
  let households: Households;
  /** Accounts of whom it was said that who the operators are has changed. */
  let told: string[];

  beforeEach(() => {
    const clock = new ManualClock(1_000_000);
    accounts = new MemoryAccountStore();
    links = new OneTimeLinks(accounts, clock);
    const homes = new MemoryHomeStore(accounts);
    const changes = {
      changed: async (accountId: string) => {
        told.push(accountId);
      },
    };
    told = [];
    households = new Households(homes, accounts, new Passwords(), links, changes, clock);
  });

  it('give every account a home from the start', async () => {
    const account = await households.openResident({ ...ada, timeZone: 'Asia/Shanghai' });
    expect(account).toMatchObject({ email: 'ada@example.org', role: 'resident' });
    expect(await households.list(account)).toMatchObject([
      { ownerId: account.id, name: 'My home', timeZone: 'Asia/Shanghai', mode: 'home' },
    ]);
  });

  it('keep UTC when nobody says where the home is, and name it in the language of its people', async () => {
    const account = await households.openResident({ ...ada, locale: 'zh' });
    expect(await households.list(account)).toMatchObject([{ name: '我的家', timeZone: 'UTC' }]);
  });

  it('open one account a mail address, whatever its case', async () => {
    await households.openResident(ada);
    await expect(households.openResident({ ...ada, email: 'ADA@example.org' })).rejects.toMatchObject({
      code: 'email-taken',
    });
  });

  it('open the first operator by the link, once', async () => {
    const token = (await links.forFirstOperator())?.token ?? '';
    const operator = await households.openFirstOperator(token, ada);
    expect(operator.role).toBe('operator');
    expect(told).toEqual([operator.id]);
    await expect(
      households.openFirstOperator(token, { ...ada, email: 'eve@example.org' }),
    ).rejects.toMatchObject({ code: 'link-spent' });
    expect(await accounts.operators()).toHaveLength(1);
  });

  it('leave the link of the first operator working when the address was taken', async () => {
    await households.openResident(ada);
    const token = (await links.forFirstOperator())?.token ?? '';
    await expect(households.openFirstOperator(token, ada)).rejects.toMatchObject({ code: 'email-taken' });
    expect(await households.openFirstOperator(token, { ...ada, email: 'op@example.org' })).toMatchObject({
      role: 'operator',
    });
  });

  it('invite a newcomer by a link that opens a resident without a password', async () => {
    const { token } = await households.inviteByLink(ada);
    const { accountId } = await links.take(token, 'sign-in');
    expect(await accounts.byId(accountId ?? '')).toMatchObject({ role: 'resident', passwordHash: null });
  });

  it('invite who is known already to the account that they have', async () => {
    const account = await households.openResident(ada);
    const { token } = await households.inviteByLink({ ...ada, name: 'Somebody' });
    expect(await links.take(token, 'sign-in')).toMatchObject({ accountId: account.id });
  });

  it('take another name', async () => {
    const account = await households.openResident(ada);
    const [home] = await households.list(account);
    const renamed = await households.rename(home?.id ?? '', { name: 'By the sea' });
    expect(renamed).toMatchObject({ name: 'By the sea', timeZone: 'UTC' });
  });

  it('are not renamed where there is none', async () => {
    await expect(households.rename('no-such-home', { name: 'Mine' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
