// Homes by TypeORM, and the opening of an account together with its first home.
import type { Account } from '#domain/accounts';
import { type Home, HomeStore } from '#domain/homes';
import type { Database } from './database.js';
import { AccountEntity, HomeEntity } from './entities/index.js';
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

  #isTaken(email: string): Promise<boolean> {
    return this.database.read(manager => manager.existsBy(AccountEntity, { email }));
  }
}
