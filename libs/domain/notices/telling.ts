// What a person decides of how they are told, and what they have seen of it.
import { Injectable } from '@nestjs/common';
import type { NoticePreferences } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { NoticeStore } from './notice.store.js';
import { PreferenceStore } from './preference.store.js';
import { RecipientChanges } from './recipient.js';

@Injectable()
export class Telling {
  constructor(
    private readonly store: PreferenceStore,
    private readonly notices: NoticeStore,
    private readonly changes: RecipientChanges,
    private readonly clock: Clock,
  ) {}

  preferences(by: Account): Promise<NoticePreferences> {
    return this.store.of(by.id);
  }

  /** What is decided from now on follows them; what is on its way goes as it was planned. */
  async change(by: Account, preferences: NoticePreferences): Promise<NoticePreferences> {
    await this.store.put(by.id, preferences);
    await this.changes.changed(by.id);
    return preferences;
  }

  /** All that the person was told of an alarm so far; what was seen already keeps its time. */
  see(by: Account, alarmId: string): Promise<void> {
    return this.notices.see(by.id, alarmId, this.clock.now());
  }
}
