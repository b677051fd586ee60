// Preferences by TypeORM.
import type { NoticePreferences } from '#codecs/api';
import { PreferenceStore, usualPreferences } from '#domain/notices';
import type { Database } from './database.js';
import { PreferenceEntity } from './entities/index.js';

export class TypeormPreferenceStore extends PreferenceStore {
  constructor(private readonly database: Database) {
    super();
  }

  async of(accountId: string): Promise<NoticePreferences> {
    const row = await this.database.read(manager => manager.findOneBy(PreferenceEntity, { accountId }));
    return row?.preferences ?? usualPreferences;
  }

  async put(accountId: string, preferences: NoticePreferences): Promise<void> {
    await this.database.write(manager =>
      manager.upsert(PreferenceEntity, { accountId, preferences }, ['accountId']),
    );
  }
}
