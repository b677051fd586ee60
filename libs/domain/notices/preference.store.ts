// Where people's preferences are kept.
import type { NoticePreferences } from '#codecs/api';

export abstract class PreferenceStore {
  /** The usual ones for who has chosen none. */
  abstract of(accountId: string): Promise<NoticePreferences>;
  abstract put(accountId: string, preferences: NoticePreferences): Promise<void>;
}
