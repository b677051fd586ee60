// Signing in by password and by link, and who is made to wait.
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { argon2id, hash } from 'argon2';
import { ManualClock } from '#domain/clock';
import type { Account } from './account.js';
import { Accounts } from './accounts.js';
import { Attempts, freeFailures } from './attempts.js';
import { MemoryAccountStore } from './memory-account.store.js';
import { OneTimeLinks } from './one-time-links.js';
import { Passwords } from './passwords.js';
import { Sessions } from './sessions.js';

const password = 'correct horse battery';
const home = '192.0.2.1';

describe('signing in', () => {
  let store: MemoryAccountStore;
  let passwords: Passwords;
  let links: OneTimeLinks;
  let accounts: Accounts;
  let clock: ManualClock;

  beforeEach(() => {
    clock = new ManualClock(1_000_000);
    store = new MemoryAccountStore();
    passwords = new Passwords();
    links = new OneTimeLinks(store, clock);
    accounts = new Accounts(store, passwords, new Attempts(clock), links, clock);
  });

  async function ada(change: Partial<Account> = {}): Promise<Account> {
    const account: Account = {
      id: 'ada',
      email: 'ada@example.org',
      name: 'Ada',
      locale: 'en',
      role: 'resident',
      passwordHash: await passwords.hash(password),
      createdAt: clock.now(),
      ...change,
    };
    store.insert(account);
    return account;
  }

  describe('once more, before what cannot be undone', () => {
    const from = '192.0.2.1';
    const assured = (by: Account, given: string | undefined, sessionHash: string | null = null) =>
      accounts.assure(by, { password: given, sessionHash, from });

    it('asks for the password, and makes whoever guesses wait', async () => {
      const by = await ada();
      await assured(by, password);
      for (let guess = 0; guess < freeFailures; guess++)
        await expect(assured(by, guess % 2 === 0 ? 'a guess' : undefined)).rejects.toMatchObject({
          code: 'wrong-credentials',
        });
      await expect(assured(by, password)).rejects.toMatchObject({ code: 'too-many-attempts' });
    });

    it('takes of who has none that a link has let them in within the last 15 minutes', async () => {
      const by = await ada({ passwordHash: null });
      const { session } = await new Sessions(store, clock, { days: 30 }).open(by);
      clock.advance(15 * 60_000);
      await assured(by, undefined, session.tokenHash);
      clock.advance(1);
      for (const hash of [session.tokenHash, 'no such session', null])
        await expect(assured(by, 'anything', hash)).rejects.toMatchObject({ code: 'sign-in-again' });
    });
  });

  it('lets in who knows the password, whatever the case of the address', async () => {
    await ada();
    expect(await accounts.signIn(' Ada@Example.org ', password, home)).toMatchObject({ id: 'ada' });
  });

  it('takes a password however the keyboard composes it', async () => {
    await ada({ passwordHash: await passwords.hash('caf\u00e9 caf\u00e9 caf\u00e9') });
    const account = await accounts.signIn('ada@example.org', 'cafe\u0301 cafe\u0301 cafe\u0301', home);
    expect(account.id).toBe('ada');
  });

  it('answers a wrong password, an unknown address and an account without a password alike', async () => {
    await ada();
    store.insert({ ...(await ada()), id: 'bo', email: 'bo@example.org', passwordHash: null });
    for (const email of ['ada@example.org', 'nobody@example.org', 'bo@example.org']) {
      await expect(accounts.signIn(email, 'not the password', home)).rejects.toMatchObject({
        code: 'wrong-credentials',
      });
    }
  });

  it('does the work of a comparison for an unknown address too, so that time tells nothing', async () => {
    const matches = jest.spyOn(passwords, 'matches');
    await accounts.signIn('nobody@example.org', password, home).catch(() => {});
    expect(matches).toHaveBeenCalledWith(password, null);

    const timeOf = async (stored: string | null) => {
      const begun = process.cpuUsage();
      for (let n = 0; n < 8; n++) await passwords.matches('not the password', stored);
      const { user, system } = process.cpuUsage(begun);
      return user + system;
    };
    const stored = await passwords.hash(password);
    await timeOf(null);
    const [known, unknown] = [await timeOf(stored), await timeOf(null)];
    // A comparison that is left out is a thousand times faster; the bounds leave room for a busy machine.
    expect(unknown / known).toBeGreaterThan(0.2);
    expect(unknown / known).toBeLessThan(5);
  });

  it('makes who guesses wait at the address, from wherever the guesses come', async () => {
    await ada();
    for (let n = 0; n < 5; n++) {
      await accounts.signIn('ada@example.org', `guess ${n}`, `192.0.2.${n}`).catch(() => {});
    }
    await expect(accounts.signIn('ada@example.org', password, '198.51.100.9')).rejects.toMatchObject({
      code: 'too-many-attempts',
      details: { retryAfterS: 1 },
    });
    clock.advance(1_000);
    expect((await accounts.signIn('ada@example.org', password, '198.51.100.9')).id).toBe('ada');
  });

  it('makes one place wait that guesses at many addresses, though it signs in to its own between', async () => {
    await ada();
    for (let n = 0; n < 5; n++) {
      await accounts.signIn(`person${n}@example.org`, 'guess', home).catch(() => {});
      if (n < 4) await accounts.signIn('ada@example.org', password, home);
    }
    await expect(accounts.signIn('person9@example.org', 'guess', home)).rejects.toMatchObject({
      code: 'too-many-attempts',
    });
  });

  it('hashes the password again when it was hashed with other terms', async () => {
    const old = await hash(password, { type: argon2id, memoryCost: 8192, timeCost: 1, parallelism: 1 });
    await ada({ passwordHash: old });
    await accounts.signIn('ada@example.org', password, home);
    const renewed = (await store.byId('ada'))?.passwordHash ?? '';
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,/);
    expect(await passwords.matches(password, renewed)).toBe(true);
  });

  it('leaves a hash of today alone', async () => {
    const { passwordHash } = await ada();
    await accounts.signIn('ada@example.org', password, home);
    expect((await store.byId('ada'))?.passwordHash).toBe(passwordHash);
  });
});

describe('one-time links', () => {
  let store: MemoryAccountStore;
  let clock: ManualClock;
  let links: OneTimeLinks;
  let accounts: Accounts;
  const operator: Account = {
    id: 'op',
    email: 'op@example.org',
    name: 'Op',
    locale: 'zh',
    role: 'operator',
    passwordHash: null,
    createdAt: 0,
  };

  beforeEach(() => {
    clock = new ManualClock(1_000_000);
    store = new MemoryAccountStore();
    links = new OneTimeLinks(store, clock);
    accounts = new Accounts(store, new Passwords(), new Attempts(clock), links, clock);
  });

  it('signs in once', async () => {
    store.insert(operator);
    const { token } = await links.forSignIn('op');
    expect(await accounts.signInByLink(token)).toEqual(operator);
    await expect(accounts.signInByLink(token)).rejects.toMatchObject({ code: 'link-spent' });
  });

  it('opens for one of many who come at once', async () => {
    const { token } = await links.forSignIn('op');
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => links.take(token, 'sign-in')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('ends after a day', async () => {
    store.insert(operator);
    const { token, expiresAt } = await links.forSignIn('op');
    clock.advance(expiresAt - clock.now());
    await expect(accounts.signInByLink(token)).rejects.toMatchObject({ code: 'link-spent' });
  });

  it('of the first operator does not sign anybody in', async () => {
    const link = await links.forFirstOperator();
    await expect(accounts.signInByLink(link?.token ?? '')).rejects.toMatchObject({ code: 'link-spent' });
  });

  it('of the first operator replaces the one that an earlier start printed', async () => {
    const earlier = await links.forFirstOperator();
    const later = await links.forFirstOperator();
    await expect(links.take(earlier?.token ?? '', 'first-operator')).rejects.toMatchObject({
      code: 'link-spent',
    });
    expect(await links.take(later?.token ?? '', 'first-operator')).toMatchObject({ accountId: null });
  });

  it('of the first operator is not made, and no longer works, once there is an operator', async () => {
    const earlier = await links.forFirstOperator();
    store.insert(operator);
    expect(await links.forFirstOperator()).toBeNull();
    await expect(links.take(earlier?.token ?? '', 'first-operator')).rejects.toMatchObject({
      code: 'link-spent',
    });
  });
});
