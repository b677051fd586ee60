// "Why did I (not) get this?": one alarm for one person, put together from everything that was written down on the way.
import { Injectable } from '@nestjs/common';
import type { WhyNot, WhyView } from '#codecs/api';
import { type Account, AccountStore } from '#domain/accounts';
import { type Alarm, AlarmStore, isUntold, shelvedUntil, suppressedBy } from '#domain/alarms';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import {
  type Delivery,
  type Endpoint,
  EndpointStore,
  endpointState,
  Inbox,
  NoticeStore,
  OutboxStore,
} from '#domain/notices';
import { Absences } from './absences.js';
import { FileRoom } from './file-room.js';
import { type InputRow, IntakeStore } from './intake.store.js';
import { mostPastRows } from './past.js';
import { RuleHistory } from './rule-history.js';
import { productAt } from './rules-of-then.js';
import { Views } from './views.js';

type Reason = WhyView['reasons'][number];

/** What is told this long after it was measured came late. */
const lateMs = 60_000;

@Injectable()
export class Why {
  constructor(
    private readonly alarms: AlarmStore,
    private readonly accounts: AccountStore,
    private readonly files: FileRoom,
    private readonly store: IntakeStore,
    private readonly views: Views,
    private readonly inbox: Inbox,
    private readonly notices: NoticeStore,
    private readonly outbox: OutboxStore,
    private readonly endpoints: EndpointStore,
    private readonly absences: Absences,
    private readonly rules: RuleHistory,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found`. Who may ask is the caller's to know. */
  async about(alarmId: string, person: Account): Promise<WhyView> {
    const alarm = await this.alarms.byId(alarmId);
    const [file] = alarm === null ? [] : await this.files.openAll([alarm.deviceId]);
    if (alarm === null || file === undefined) throw new DomainError('not-found');
    const [notices, receipts, deliveries, endpoints, past, changes] = await Promise.all([
      this.notices.ofAlarm(person.id, alarmId),
      this.inbox.receipts(person, alarmId),
      this.outbox.ofAlarm(person.id, alarmId),
      this.endpoints.ofAccount(person.id),
      this.store.past(alarm.deviceId, mostPastRows),
      this.rules.of(file.device),
    ]);
    const away = await this.absences.between(alarm.occurredAt, alarm.raisedAt);
    const now = this.clock.now();
    return {
      alarm: await this.views.alarm(alarm, file, person),
      person: { id: person.id, name: person.name },
      packet: packetOf(
        past.find(({ receivedAt, epoch }) => receivedAt === alarm.receivedAt && epoch === alarm.epoch),
      ),
      rule: productAt(changes, alarm.raisedAt)?.rules.find(({ id }) => id === alarm.rule) ?? null,
      notices: notices.map(({ step, createdAt: at, title }) => ({ step, at, title })),
      receipts,
      reasons: [
        ...ofAlarm(alarm, notices.length, now),
        ...deliveries.flatMap(ofDelivery),
        ...ofEndpoints(endpoints, notices.length > 0, now),
        ...away.map(({ from, until }) => reason('gateway-was-away', { at: from, until })),
      ],
    };
  }

  /** For an operator, who may ask for somebody else. @throws DomainError `not-found`. */
  async forAccount(alarmId: string, accountId: string): Promise<WhyView> {
    const account = await this.accounts.byId(accountId);
    if (account === null) throw new DomainError('not-found');
    return this.about(alarmId, account);
  }
}

function packetOf(row: InputRow | undefined): WhyView['packet'] {
  if (row === undefined) return null;
  const { kind, receivedAt, at, clock, boot, seq, body } = row;
  return { kind, receivedAt, at, clock, boot, seq, body };
}

function reason(why: WhyNot, more: Partial<Omit<Reason, 'why'>> = {}): Reason {
  return { why, at: null, until: null, detail: null, ...more };
}

function ofAlarm(alarm: Alarm, told: number, now: number): Reason[] {
  const { occurredAt, raisedAt: at } = alarm;
  const until = shelvedUntil(alarm, now);
  const by = suppressedBy(alarm);
  return [
    ...(by !== null || isUntold(alarm) ? [reason('explained-by-another', { at, detail: by })] : []),
    ...(until !== null ? [reason('shelved', { until })] : []),
    ...(at - occurredAt > lateMs ? [reason('came-late', { at: occurredAt, until: at })] : []),
    ...(told === 0 && by === null && !isUntold(alarm) ? [reason('nobody-told')] : []),
  ];
}

function ofDelivery({ state, channel, bundle, dueAt, detail, settledAt, attempts }: Delivery): Reason[] {
  switch (state) {
    case 'held':
      return [reason('not-its-turn', { detail: channel })];
    case 'refused':
    case 'dead':
      return [reason('channel-failed', { at: settledAt, detail: `${channel}: ${detail ?? ''}` })];
    case 'due':
      if (attempts > 0)
        return [reason('channel-failed', { until: dueAt, detail: `${channel}: ${detail ?? ''}` })];
      return bundle === null ? [] : [reason('waits-for-its-hour', { until: dueAt, detail: channel })];
    case 'accepted':
    case 'cancelled':
      return [];
    default:
      return state satisfies never;
  }
}

function ofEndpoints(endpoints: readonly Endpoint[], isTold: boolean, now: number): Reason[] {
  if (endpoints.length === 0) return isTold ? [reason('only-this-page')] : [];
  return endpoints.flatMap(endpoint => {
    const state = endpointState(endpoint, now);
    return state === 'proven' ? [] : [reason(`channel-${state}`, { detail: endpoint.channel })];
  });
}
