// Accounts, sessions and one-time links by TypeORM.
import { LessThan } from 'typeorm';
import {
  type Account,
  AccountStore,
  type LinkPurpose,
  type OneTimeLink,
  type Session,
} from '#domain/accounts';
import type { Database } from './database.js';
import { AccountEntity, OneTimeLinkEntity, SessionEntity } from './entities/index.js';

export class TypeormAccountStore extends AccountStore {
  constructor(private readonly database: Database) {
    super();
  }

  byId(id: string): Promise<Account | null> {
    return this.database.read(manager => manager.findOneBy(AccountEntity, { id }));
  }

  byEmail(email: string): Promise<Account | null> {
    return this.database.read(manager => manager.findOneBy(AccountEntity, { email }));
  }

  operators(): Promise<Account[]> {
    return this.database.read(manager =>
      manager.find(AccountEntity, {
        where: { role: 'operator' },
        order: { createdAt: 'ASC', id: 'ASC' },
      }),
    );
  }

  async setPasswordHash(accountId: string, passwordHash: string): Promise<void> {
    await this.database.write(manager => manager.update(AccountEntity, { id: accountId }, { passwordHash }));
  }

  async insertSession(session: Session): Promise<void> {
    await this.database.write(manager => manager.insert(SessionEntity, session));
  }

  session(tokenHash: string): Promise<Session | null> {
    return this.database.read(manager => manager.findOneBy(SessionEntity, { tokenHash }));
  }

  async extendSession(tokenHash: string, expiresAt: number): Promise<void> {
    await this.database.write(manager => manager.update(SessionEntity, { tokenHash }, { expiresAt }));
  }

  async endSession(tokenHash: string): Promise<void> {
    await this.database.write(manager => manager.delete(SessionEntity, { tokenHash }));
  }

  async insertLink(link: OneTimeLink): Promise<void> {
    await this.database.write(manager => manager.insert(OneTimeLinkEntity, link));
  }

  takeLink(tokenHash: string, purpose: LinkPurpose, now: number): Promise<OneTimeLink | null> {
    return this.database.write(async manager => {
      const link = await manager.findOneBy(OneTimeLinkEntity, { tokenHash, purpose });
      if (!link || link.expiresAt <= now) return null;
      // On PostgreSQL several may have found it; the row goes to whoever deletes it.
      const { affected } = await manager.delete(OneTimeLinkEntity, { tokenHash });
      return affected === 1 ? link : null;
    });
  }

  async dropLinks(purpose: LinkPurpose): Promise<void> {
    await this.database.write(manager => manager.delete(OneTimeLinkEntity, { purpose }));
  }

  async prune(now: number): Promise<void> {
    await this.database.write(async manager => {
      await manager.delete(SessionEntity, { expiresAt: LessThan(now) });
      await manager.delete(OneTimeLinkEntity, { expiresAt: LessThan(now) });
    });
  }
}
