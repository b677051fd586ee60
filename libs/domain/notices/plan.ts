// From a change of an alarm, or a matter of a device, to its notices: one a person, and one delivery a further endpoint.
import type { Matter, Text } from '#codecs/api';
import {
  type Alarm,
  type AlarmChange,
  type AlarmNoticeStep,
  type AlarmStep,
  stepAdvice,
  stepText,
} from '#domain/alarms';
import type { DeliveryDraft } from './delivery.js';
import { type Endpoint, takes } from './endpoint.js';
import { matterTexts } from './matters.js';
import type { NoticeDraft } from './notice.js';
import type { Recipient } from './recipient.js';

export interface Plan {
  readonly notices: readonly NoticeDraft[];
  readonly deliveries: readonly DeliveryDraft[];
}

/** "Worse" and "back" are told as a raised alarm is: it wants a person again. */
const told: Record<AlarmStep, AlarmNoticeStep | null> = {
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

/** What all notices of one occasion have in common. */
type Told = Omit<NoticeDraft, 'id' | 'accountId'>;

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
  const { deviceId, epoch, severity } = alarm;
  return tell(recipients, {
    about: 'alarm',
    subjectId: alarm.id,
    deviceId,
    epoch,
    step: noticeStep,
    number: noticeStep === 'repeat' ? alarm.repeats : timesTold(alarm, noticeStep) - 1,
    class: alarm.class,
    severity,
    title: stepText(alarm, noticeStep, deviceName),
    body: stepAdvice(alarm, noticeStep),
    receivedAt,
    createdAt: receivedAt,
  });
}

/** What a device's people have to know though nothing is alarmed. */
export interface ToldMatter {
  readonly matter: Matter;
  /** Stable: the same id is told once. */
  readonly id: string;
  readonly deviceId: string;
  readonly epoch: number;
}

export function planMatter(
  { matter, id, deviceId, epoch }: ToldMatter,
  recipients: readonly Recipient[],
  deviceName: Text,
  receivedAt: number,
): Plan {
  const { title, body, severity, ...text } = matterTexts[matter];
  return tell(recipients, {
    about: matter,
    subjectId: id,
    deviceId,
    epoch,
    step: 'told',
    number: 0,
    class: text.class,
    severity,
    title: { zh: title(deviceName.zh).zh, en: title(deviceName.en).en },
    body,
    receivedAt,
    createdAt: receivedAt,
  });
}

function tell(recipients: readonly Recipient[], of: Told): Plan {
  const told = recipients.map(({ accountId, endpoints }) => ({
    notice: { id: `${of.subjectId}.${accountId}.${of.step}.${of.number}`, accountId, ...of },
    endpoints: endpoints.filter(endpoint => takes(endpoint, of.class)),
  }));
  return {
    notices: told.map(({ notice }) => notice),
    deliveries: told.flatMap(({ notice, endpoints }) => endpoints.map(to => deliveryOf(notice, to))),
  };
}

function deliveryOf(notice: NoticeDraft, { id: endpointId, channel }: Endpoint): DeliveryDraft {
  const { id: noticeId, subjectId, accountId, receivedAt: dueAt } = notice;
  return { id: `${noticeId}.${endpointId}`, noticeId, subjectId, accountId, channel, endpointId, dueAt };
}

function timesTold({ timeline }: Alarm, step: AlarmNoticeStep): number {
  return timeline.filter(({ what }) => told[what] === step).length;
}
