// A notice: what one person is to be told about one step of an alarm, or about a device; its row is the in-app delivery.
import type { AlarmClass, Matter, NoticeStep, Severity, Text } from '#codecs/api';

export interface NoticeDraft {
  /** Stable: made of subject, person, step and number, so that telling twice is telling once. */
  readonly id: string;
  readonly accountId: string;
  /** An alarm, or a matter of the device that is none. */
  readonly about: 'alarm' | Matter;
  /** The alarm's id, or one of the matter's own: what is told of one subject is told in order. */
  readonly subjectId: string;
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
  /** When the person opened it; null: not yet. */
  readonly seenAt: number | null;
}

export function alarmIdOf({ about, subjectId }: { about: string; subjectId: string }): string | null {
  return about === 'alarm' ? subjectId : null;
}
