// A notice: what one person is to be told about one step of one alarm; its row is the in-app delivery.
import type { AlarmClass, NoticeStep, Severity, Text } from '#codecs/api';

export interface NoticeDraft {
  /** Stable: made of alarm, person, step and number, so that telling twice is telling once. */
  readonly id: string;
  readonly accountId: string;
  readonly alarmId: string;
  readonly deviceId: string;
  readonly epoch: number;
  readonly step: NoticeStep;
  /** 0 for the first of its step; repeats count on. */
  readonly number: number;
  readonly class: AlarmClass;
  readonly severity: Severity;
  readonly title: Text;
  readonly body: Text;
  readonly receivedAt: number;
  readonly createdAt: number;
}

export interface Notice extends NoticeDraft {
  /** Rises by one a person; given by the store inside the transaction. */
  readonly counter: number;
}
