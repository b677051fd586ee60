// What the notices room needs from a store; notices are inserted by the intake's commit.
import type { Notice } from './notice.js';

export abstract class NoticeStore {
  /** Notices with a counter over `after`, oldest first. */
  abstract after(accountId: string, counter: number, limit: number): Promise<Notice[]>;
  /** Newest first. */
  abstract latest(accountId: string, limit: number): Promise<Notice[]>;
  /** Those of one alarm that the person had not seen. */
  abstract see(accountId: string, alarmId: string, at: number): Promise<void>;
  /** Of one person about one alarm (or another subject), oldest first. */
  abstract ofAlarm(accountId: string, alarmId: string): Promise<Notice[]>;
  /** The counter of the newest notice, and of the last one that was read; 0 for none. */
  abstract read(accountId: string): Promise<{ readonly last: number; readonly readUpTo: number }>;
  /** Moves the mark forward, at most to the newest notice; never back. */
  abstract markRead(accountId: string, upTo: number): Promise<void>;
}
