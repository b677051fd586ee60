// What the homes room needs from a store.
import type { Account } from '#domain/accounts';
import type { Home } from './home.js';

/** Why a home stays: it is its owner's only one, or devices stand in it. */
export type HomeRemoval = 'removed' | 'last' | 'occupied';

export abstract class HomeStore {
  /** Account and first home in one transaction; false when the mail address is taken. */
  abstract open(account: Account, home: Home): Promise<boolean>;
  abstract byId(id: string): Promise<Home | null>;
  abstract ofAccount(accountId: string): Promise<Home[]>;
  /** Name and time zone only: the mode changes through the intake, where the rules see it. */
  abstract rename(id: string, change: { name?: string; timeZone?: string }): Promise<void>;
  /** With its rooms, contacts, plan, members and invitations, as a whole or not at all. */
  abstract remove(home: Pick<Home, 'id' | 'ownerId'>): Promise<HomeRemoval>;
}
