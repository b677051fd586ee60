// The homes' store in memory, for tests and simulations.
import { type Account, MemoryAccountStore } from '#domain/accounts';
import type { Home } from './home.js';
import { type HomeRemoval, HomeStore } from './home.store.js';

export class MemoryHomeStore extends HomeStore {
  private readonly homes = new Map<string, Home>();

  constructor(private readonly accounts: MemoryAccountStore) {
    super();
  }

  async open(account: Account, home: Home): Promise<boolean> {
    if (!this.accounts.insert(account)) return false;
    this.homes.set(home.id, home);
    return true;
  }

  async byId(id: string): Promise<Home | null> {
    return this.homes.get(id) ?? null;
  }

  async ofAccount(accountId: string): Promise<Home[]> {
    return [...this.homes.values()].filter(({ ownerId }) => ownerId === accountId);
  }

  async rename(id: string, change: { name?: string; timeZone?: string }): Promise<void> {
    const home = this.homes.get(id);
    if (home) this.homes.set(id, { ...home, ...change });
  }

  async remove({ id, ownerId }: Home): Promise<HomeRemoval> {
    if ((await this.ofAccount(ownerId)).every(home => home.id === id)) return 'last';
    this.homes.delete(id);
    return 'removed';
  }
}
