// Read marks: how far a person has read, on whichever page, and how much is new.
import { Injectable } from '@nestjs/common';
import type { UnreadView } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { LiveFeed } from './live-feed.js';
import { NoticeStore } from './notice.store.js';

@Injectable()
export class ReadMarks {
  constructor(
    private readonly notices: NoticeStore,
    private readonly feed: LiveFeed,
  ) {}

  async of(by: Account): Promise<UnreadView> {
    const { last, readUpTo } = await this.notices.read(by.id);
    // Counters have no gaps.
    return { readUpTo, unread: last - readUpTo };
  }

  /** Never back, and never beyond what was told; every other page of this person hears of it. */
  async mark(by: Account, upTo: number): Promise<UnreadView> {
    await this.notices.markRead(by.id, upTo);
    const unread = await this.of(by);
    this.feed.publish(by.id, { name: 'unread', data: unread });
    return unread;
  }
}
