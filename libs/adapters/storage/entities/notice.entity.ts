// Notices, the counter of each person's, and the outbox.
import type { NoticePreferences } from '#codecs/api';
import type { Attempt, Delivery, Notice } from '#domain/notices';
import {
  count,
  type Dialect,
  json,
  logNumber,
  tableOf,
  text,
  textOrNull,
  timeMs,
  timeMsOrNull,
  whole,
} from './columns.js';

export const NoticeEntity = tableOf<Notice>({
  name: 'notice',
  tableName: 'notices',
  columns: {
    id: { ...text, primary: true },
    accountId: text,
    counter: whole,
    about: { ...text, default: 'alarm' },
    subjectId: text,
    deviceId: text,
    epoch: count,
    step: text,
    number: count,
    class: text,
    severity: text,
    title: json,
    body: json,
    receivedAt: timeMs,
    createdAt: timeMs,
    seenAt: timeMsOrNull,
  },
  indices: [
    { name: 'notices_counter', columns: ['accountId', 'counter'], unique: true },
    { name: 'notices_alarm', columns: ['accountId', 'subjectId', 'counter'] },
    { name: 'notices_acknowledged', columns: ['id'], where: "step = 'acknowledged'" },
  ],
});

/** The counter that a person's newest notice has. */
export interface NoticeCounter {
  readonly accountId: string;
  readonly last: number;
}

export const NoticeCounterEntity = tableOf<NoticeCounter>({
  name: 'notice-counter',
  tableName: 'notice_counters',
  columns: { accountId: { ...text, primary: true }, last: whole },
});

export interface ReadMark {
  readonly accountId: string;
  /** The counter of the last notice that was read. */
  readonly upTo: number;
}

export const ReadMarkEntity = tableOf<ReadMark>({
  name: 'read-mark',
  tableName: 'read_marks',
  columns: {
    accountId: { ...text, primary: true, foreignKey: { target: 'account', onDelete: 'CASCADE' } },
    upTo: whole,
  },
});

export interface DeliveryRow extends Delivery {
  /** Of the notice: the order among the deliveries of one alarm to one endpoint. */
  readonly counter: number;
  readonly leaseUntil: number | null;
  /** When the last attempt ended, whatever became of it. */
  readonly attemptedAt: number | null;
}

export const DeliveryEntity = tableOf<DeliveryRow>({
  name: 'delivery',
  tableName: 'deliveries',
  columns: {
    id: { ...text, primary: true },
    noticeId: { ...text, foreignKey: { target: 'notice' } },
    counter: whole,
    subjectId: text,
    accountId: text,
    channel: text,
    // No foreign key: what was sent is still told after the endpoint is gone.
    endpointId: text,
    contactId: textOrNull,
    class: { ...text, default: 'I' },
    rank: { ...count, default: 0 },
    stage: { ...count, default: 0 },
    bundle: textOrNull,
    dueAt: timeMs,
    state: text,
    attempts: count,
    detail: textOrNull,
    settledAt: timeMsOrNull,
    leaseUntil: timeMsOrNull,
    attemptedAt: timeMsOrNull,
  },
  indices: [
    { name: 'deliveries_due', columns: ['dueAt'], where: "state = 'due'" },
    { name: 'deliveries_urgent', columns: ['dueAt'], where: "state = 'due' AND class = 'L'" },
    { name: 'deliveries_held', columns: ['subjectId'], where: "state = 'held'" },
    { name: 'deliveries_bundled', columns: ['bundle'], where: "state = 'due' AND bundle IS NOT NULL" },
    { name: 'deliveries_order', columns: ['endpointId', 'subjectId', 'counter'], where: "state = 'due'" },
    { name: 'deliveries_notice', columns: ['noticeId'] },
    { name: 'deliveries_alarm', columns: ['accountId', 'subjectId', 'counter'] },
    { name: 'deliveries_attempt', columns: ['endpointId', 'attemptedAt'] },
  ],
});

export interface AttemptRow extends Attempt {
  readonly id: number;
  readonly deliveryId: string;
}

export const attemptEntity = (dialect: Dialect) =>
  tableOf<AttemptRow>({
    name: 'attempt',
    tableName: 'attempts',
    columns: {
      id: logNumber(dialect),
      deliveryId: text,
      at: timeMs,
      tookMs: count,
      outcome: text,
      detail: text,
    },
    indices: [{ name: 'attempts_delivery', columns: ['deliveryId'] }],
  });

export interface PreferenceRow {
  readonly accountId: string;
  readonly preferences: NoticePreferences;
}

export const PreferenceEntity = tableOf<PreferenceRow>({
  name: 'notice-preference',
  tableName: 'notice_preferences',
  columns: {
    accountId: { ...text, primary: true, foreignKey: { target: 'account', onDelete: 'CASCADE' } },
    preferences: json,
  },
});
