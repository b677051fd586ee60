// What every HomeStore promises.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import type { Stores } from '../index.js';
import { accountNamed, batchOf, homeOf, noon, someone } from './samples.contract.js';

export function homeStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`HomeStore on ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    it('opens an account together with its home', async () => {
      const account = accountNamed('Wang');
      const home = homeOf(account);
      expect(await stores.homes.open(account, home)).toBe(true);
      expect(await stores.accounts.byId(account.id)).toEqual(account);
      expect(await stores.homes.byId(home.id)).toEqual(home);
      expect(await stores.homes.ofAccount(account.id)).toEqual([home]);
    });

    it('answers false for a mail address that is taken, and writes nothing', async () => {
      const { account } = await someone(stores);
      const second = accountNamed('second', { email: account.email });
      const home = homeOf(second);
      expect(await stores.homes.open(second, home)).toBe(false);
      expect(await stores.accounts.byId(second.id)).toBeNull();
      expect(await stores.homes.byId(home.id)).toBeNull();
    });

    it('opens one account of twenty who ask for the same mail address at the same time', async () => {
      const email = `${newId()}@example.org`;
      const opened = await Promise.all(
        Array.from({ length: 20 }, () => {
          const account = accountNamed('same', { email });
          return stores.homes.open(account, homeOf(account));
        }),
      );
      expect(opened.filter(each => each)).toHaveLength(1);
    });

    it('writes neither account nor home when the home cannot be written', async () => {
      const { home: taken } = await someone(stores);
      const account = accountNamed('Zhao');
      await expect(stores.homes.open(account, { ...homeOf(account), id: taken.id })).rejects.toThrow();
      expect(await stores.accounts.byId(account.id)).toBeNull();
    });

    it('changes name and time zone, each alone or both', async () => {
      const { home } = await someone(stores);
      await stores.homes.rename(home.id, { name: 'Hütte' });
      expect(await stores.homes.byId(home.id)).toEqual({ ...home, name: 'Hütte' });
      await stores.homes.rename(home.id, { timeZone: 'Europe/Berlin' });
      await stores.homes.rename(home.id, {});
      expect(await stores.homes.byId(home.id)).toEqual({ ...home, name: 'Hütte', timeZone: 'Europe/Berlin' });
    });

    it('shows the mode that the intake committed', async () => {
      const { home } = await someone(stores);
      await stores.intake.commit(
        batchOf({ modes: [{ homeId: home.id, mode: 'night', former: 'home', since: noon + 9, by: null }] }),
      );
      expect(await stores.homes.byId(home.id)).toEqual({ ...home, mode: 'night', modeSince: noon + 9 });
    });

    it('answers null and nothing for what it does not know', async () => {
      expect(await stores.homes.byId(newId())).toBeNull();
      expect(await stores.homes.ofAccount(newId())).toEqual([]);
    });
  });
}
