// People and homes as the contract suites store them.
import { type Account, type Actor, newId, type Origin } from '#domain/accounts';
import type { Home } from '#domain/homes';
import type { Stores } from '../../index.js';
import { noon } from './moment.contract.js';

export function accountNamed(name: string, change: Partial<Account> = {}): Account {
  return {
    id: newId(),
    email: `${name}-${newId()}@example.org`,
    name,
    locale: 'zh',
    role: 'resident',
    passwordHash: null,
    createdAt: noon,
    ...change,
  };
}

export function homeOf(owner: Account): Home {
  return {
    id: newId(),
    ownerId: owner.id,
    name: '家',
    timeZone: 'Asia/Shanghai',
    mode: 'home',
    modeSince: noon,
    createdAt: noon,
  };
}

/** A resident with a home. */
export async function someone(stores: Stores, name = 'Lin', change: Partial<Account> = {}) {
  const stored = accountNamed(name, change);
  const home = homeOf(stored);
  await stores.homes.open(stored, home);
  return { account: onThePage(stored), stored, home };
}

export const page: Origin = { via: 'page', address: '192.0.2.1' };

/** A person who has the pages open. */
export function onThePage(account: Account): Actor {
  return { ...account, from: page };
}
