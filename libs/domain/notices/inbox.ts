// The inbox: what a person was told, and what became of each attempt to tell them.
import { Injectable } from '@nestjs/common';
import type { NoticeView, ReceiptView } from '#codecs/api';
import type { Account } from '#domain/accounts';
import type { Attempt, Delivery } from './delivery.js';
import { alarmIdOf, type Notice } from './notice.js';
import { NoticeStore } from './notice.store.js';
import { OutboxStore } from './outbox.store.js';

@Injectable()
export class Inbox {
  constructor(
    private readonly notices: NoticeStore,
    private readonly outbox: OutboxStore,
  ) {}

  /** Newest first. */
  async latest(by: Account, limit: number): Promise<NoticeView[]> {
    return (await this.notices.latest(by.id, limit)).map(noticeView);
  }

  /** Those with a counter over `counter`, oldest first. */
  async after(by: Account, counter: number, limit: number): Promise<NoticeView[]> {
    return (await this.notices.after(by.id, counter, limit)).map(noticeView);
  }

  /** In the app a notice is delivered by being stored; on other channels the outbox tells. */
  async receipts(by: Account, alarmId: string): Promise<ReceiptView[]> {
    const [notices, deliveries, attempts] = await Promise.all([
      this.notices.ofAlarm(by.id, alarmId),
      this.outbox.ofAlarm(by.id, alarmId),
      this.outbox.attempts(by.id, alarmId),
    ]);
    return notices.flatMap(notice => [
      inApp(notice),
      ...deliveries
        .filter(({ noticeId }) => noticeId === notice.id)
        .map(delivery => receiptOf(delivery, notice, attempts.get(delivery.id) ?? [])),
    ]);
  }
}

function inApp({ step, createdAt: at, seenAt }: Notice): ReceiptView {
  const nowhereElse = { endpointId: null, contactId: null, tries: [] };
  return {
    channel: 'in-app',
    step,
    attempts: 1,
    state: 'accepted',
    detail: null,
    at,
    seenAt,
    ...nowhereElse,
  };
}

function receiptOf(
  { channel, attempts, state, detail, settledAt, dueAt, endpointId, contactId }: Delivery,
  { step }: Notice,
  tries: readonly Attempt[],
): ReceiptView {
  const at = settledAt ?? dueAt;
  return {
    ...{ channel, step, attempts, state, detail, at, endpointId, contactId },
    seenAt: null,
    tries: [...tries],
  };
}

export function noticeView(notice: Notice): NoticeView {
  const { accountId: _, epoch: __, number: ___, subjectId: ____, seenAt: _____, ...view } = notice;
  return { ...view, alarmId: alarmIdOf(notice) };
}
