// The home that a device comes into when it gets an owner.
import type { Account } from '#domain/accounts';
import { DomainError } from '#domain/errors';
import type { HomeStore } from '#domain/homes';

/** The one that the account began with. @throws DomainError `not-found` for an account without a home. */
export async function firstHome(homes: HomeStore, by: Account): Promise<string> {
  const [home] = (await homes.ofAccount(by.id)).sort((a, b) => a.createdAt - b.createdAt);
  if (home === undefined) throw new DomainError('not-found');
  return home.id;
}
