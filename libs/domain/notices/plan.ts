// From a change of an alarm to the notices of it: one a person, and one delivery a further endpoint.
import type { NoticeStep, Text } from '#codecs/api';
import { type Alarm, type AlarmChange, type AlarmStep, stepAdvice, stepText } from '#domain/alarms';
import type { DeliveryDraft } from './delivery.js';
import type { NoticeDraft } from './notice.js';
import type { Recipient } from './recipient.js';

export interface Plan {
  readonly notices: readonly NoticeDraft[];
  readonly deliveries: readonly DeliveryDraft[];
}

/** "Worse" and "back" are told as a raised alarm is: it wants a person again. */
const told: Record<AlarmStep, NoticeStep | null> = {
  raised: 'raised',
  // These stand on the alarm's own page: nobody has to do anything else because of them.
  corrected: null,
  unsteady: null,
  shelved: null,
  suppressed: null,
  released: null,
  commented: null,
  worse: 'raised',
  back: 'raised',
  repeat: 'repeat',
  acknowledged: 'acknowledged',
  calm: 'calm',
  cleared: 'cleared',
};

/**
 * @param deviceName the owner's name for the device, or the product's, in both languages
 * @param receivedAt when the packet (or tick, or call) that caused the change arrived
 */
export function planNotices(
  { alarm, step }: AlarmChange,
  recipients: readonly Recipient[],
  deviceName: Text,
  receivedAt: number,
): Plan {
  const noticeStep = told[step];
  if (noticeStep === null) return { notices: [], deliveries: [] };
  const number = noticeStep === 'repeat' ? alarm.repeats : timesTold(alarm, noticeStep) - 1;
  const text = { title: stepText(alarm, noticeStep, deviceName), body: stepAdvice(alarm, noticeStep) };
  const notices = recipients.map(
    ({ accountId }): NoticeDraft => ({
      id: `${alarm.id}.${accountId}.${noticeStep}.${number}`,
      accountId,
      alarmId: alarm.id,
      deviceId: alarm.deviceId,
      epoch: alarm.epoch,
      step: noticeStep,
      number,
      class: alarm.class,
      severity: alarm.severity,
      ...text,
      receivedAt,
      createdAt: receivedAt,
    }),
  );
  const deliveries = recipients.flatMap(({ accountId, endpoints }, i) =>
    endpoints.map(({ id: endpointId, channel }): DeliveryDraft => {
      const noticeId = notices[i]?.id ?? '';
      const id = `${noticeId}.${endpointId}`;
      return { id, noticeId, alarmId: alarm.id, accountId, channel, endpointId, dueAt: receivedAt };
    }),
  );
  return { notices, deliveries };
}

function timesTold({ timeline }: Alarm, step: NoticeStep): number {
  return timeline.filter(({ what }) => told[what] === step).length;
}
