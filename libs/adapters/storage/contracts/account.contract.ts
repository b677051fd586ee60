// What every AccountStore promises.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, newToken } from '#domain/accounts';
import type { Stores } from '../index.js';
import { accountNamed, noon, someone } from './samples.contract.js';

export function accountStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`AccountStore on ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    it('gives an account back as it was put in, by id and by mail address', async () => {
      const { stored: account } = await someone(stores, '林 "L" \\ 林', { passwordHash: '$argon2id$v=19$x' });
      expect(await stores.accounts.byId(account.id)).toEqual(account);
      expect(await stores.accounts.byEmail(account.email)).toEqual(account);
    });

    it('answers null for whom it does not know', async () => {
      expect(await stores.accounts.byId(newId())).toBeNull();
      expect(await stores.accounts.byEmail('nobody@example.org')).toBeNull();
    });

    it('lists operators and no residents', async () => {
      const { stored: operator } = await someone(stores, 'Op', { role: 'operator' });
      const { stored: resident } = await someone(stores);
      const operators = await stores.accounts.operators();
      expect(operators).toContainEqual(operator);
      expect(operators.map(account => account.id)).not.toContain(resident.id);
    });

    it("replaces one account's password hash and leaves the others alone", async () => {
      const { stored: account } = await someone(stores);
      const { stored: other } = await someone(stores);
      await stores.accounts.setPasswordHash(account.id, 'new');
      await stores.accounts.setPasswordHash(newId(), 'nobody');
      expect(await stores.accounts.byId(account.id)).toEqual({ ...account, passwordHash: 'new' });
      expect(await stores.accounts.byId(other.id)).toEqual(other);
    });

    it('keeps a session, moves its end, and ends it', async () => {
      const session = await begun();
      expect(await stores.accounts.session(session.tokenHash)).toEqual(session);
      await stores.accounts.extendSession(session.tokenHash, noon + 50);
      expect(await stores.accounts.session(session.tokenHash)).toEqual({ ...session, expiresAt: noon + 50 });
      await stores.accounts.endSession(session.tokenHash);
      expect(await stores.accounts.session(session.tokenHash)).toBeNull();
      await stores.accounts.extendSession(session.tokenHash, noon + 99);
      expect(await stores.accounts.session(session.tokenHash)).toBeNull();
    });

    it('gives a link to exactly one of fifty who take it at the same time', async () => {
      const { stored: account } = await someone(stores);
      const link = await linked({ accountId: account.id });
      const takers = Array.from({ length: 50 }, () =>
        stores.accounts.takeLink(link.tokenHash, 'sign-in', noon),
      );
      const taken = (await Promise.all(takers)).filter(each => each !== null);
      expect(taken).toEqual([link]);
    });

    it('does not give an expired link, nor one for another purpose, and keeps the latter', async () => {
      const expired = await linked({ expiresAt: noon });
      expect(await stores.accounts.takeLink(expired.tokenHash, 'sign-in', noon)).toBeNull();
      const link = await linked({});
      expect(await stores.accounts.takeLink(link.tokenHash, 'first-operator', noon)).toBeNull();
      expect(await stores.accounts.takeLink(link.tokenHash, 'sign-in', noon)).toEqual(link);
    });

    it('drops all links of one purpose', async () => {
      const printed = await linked({ purpose: 'first-operator' });
      const other = await linked({});
      await stores.accounts.dropLinks('first-operator');
      expect(await stores.accounts.takeLink(printed.tokenHash, 'first-operator', noon)).toBeNull();
      expect(await stores.accounts.takeLink(other.tokenHash, 'sign-in', noon)).toEqual(other);
    });

    it('prunes what expired before now and nothing else', async () => {
      const old = await begun(noon - 1);
      const young = await begun(noon);
      const oldLink = await linked({ expiresAt: noon - 1 });
      const youngLink = await linked({ expiresAt: noon });
      await stores.accounts.prune(noon);
      expect(await stores.accounts.session(old.tokenHash)).toBeNull();
      expect(await stores.accounts.session(young.tokenHash)).toEqual(young);
      expect(await stores.accounts.takeLink(oldLink.tokenHash, 'sign-in', 0)).toBeNull();
      expect(await stores.accounts.takeLink(youngLink.tokenHash, 'sign-in', 0)).toEqual(youngLink);
    });

    it('refuses a session of an account that does not exist', async () => {
      const session = {
        tokenHash: newToken(),
        accountId: accountNamed('x').id,
        createdAt: noon,
        expiresAt: noon,
      };
      await expect(stores.accounts.insertSession(session)).rejects.toThrow();
      expect(await stores.accounts.session(session.tokenHash)).toBeNull();
    });

    async function begun(expiresAt = noon + 10) {
      const { stored: account } = await someone(stores);
      const session = { tokenHash: newToken(), accountId: account.id, createdAt: noon, expiresAt };
      await stores.accounts.insertSession(session);
      return session;
    }

    async function linked(change: Partial<Parameters<typeof stores.accounts.insertLink>[0]>) {
      const link = {
        tokenHash: newToken(),
        purpose: 'sign-in' as const,
        accountId: null,
        expiresAt: noon + 10,
        ...change,
      };
      await stores.accounts.insertLink(link);
      return link;
    }
  });
}
