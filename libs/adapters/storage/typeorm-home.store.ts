// Homes by TypeORM, and the opening of an account together with its first home.
import type { Account } from '#domain/accounts';
import { type Home, type HomeRemoval, HomeStore } from '#domain/homes';
import type { Database } from './database.js';
import { AccountEntity, BindingEntity, HomeEntity } from './entities/index.js';
import { removeHomes } from './leaving-homes.js';
import { locked } from './locked.js';
import { isUniqueViolation } from './storage-failure.js';

export class TypeormHomeStore extends HomeStore {
  constructor(private readonly database: Database) {
    super();
  }

  async open(account: Account, home: Home): Promise<boolean> {
    try {
      await this.database.write(async manager => {
        await manager.insert(AccountEntity, account);
        await manager.insert(HomeEntity, home);
      });
      return true;
    } catch (error) {
      if (isUniqueViolation(error) && (await this.#isTaken(account.email))) return false;
      throw error;
    }
  }

  byId(id: string): Promise<Home | null> {
    return this.database.read(manager => manager.findOneBy(HomeEntity, { id }));
  }

  ofAccount(accountId: string): Promise<Home[]> {
    return this.database.read(manager =>
      manager.find(HomeEntity, {
        where: { ownerId: accountId },
        order: { createdAt: 'ASC', id: 'ASC' },
      }),
    );
  }

  async rename(id: string, { name, timeZone }: { name?: string; timeZone?: string }): Promise<void> {
    const change = { ...(name !== undefined && { name }), ...(timeZone !== undefined && { timeZone }) };
    if (Object.keys(change).length === 0) return;
    await this.database.write(manager => manager.update(HomeEntity, { id }, change));
  }

  remove({ id, ownerId }: Pick<Home, 'id' | 'ownerId'>): Promise<HomeRemoval> {
    return this.database.write(async manager => {
      // Whoever brings a device into the home, or removes the other one, waits for this, or this for them.
      const homes = await manager.find(HomeEntity, {
        where: { ownerId },
        ...locked(this.database, 'pessimistic_write'),
      });
      if (homes.every(home => home.id === id)) return 'last';
      if (await manager.existsBy(BindingEntity, { homeId: id })) return 'occupied';
      await removeHomes(manager, [id]);
      return 'removed';
    });
  }

  #isTaken(email: string): Promise<boolean> {
    return this.database.read(manager => manager.existsBy(AccountEntity, { email }));
  }
}
