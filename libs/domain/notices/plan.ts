// From a change of an alarm, or a matter of a device, to its notices: one a person, and one delivery a further endpoint.
import type { Matter, NoticeStep, Text } from '#codecs/api';
import {
  type Alarm,
  type AlarmChange,
  type AlarmNoticeStep,
  type AlarmStep,
  isUntold,
  stepAdvice,
  stepText,
} from '#domain/alarms';
import type { DeliveryDraft, Entry, HeldChange, QueuedDelivery } from './delivery.js';
import { matterTexts } from './matters.js';
import type { NoticeDraft } from './notice.js';
import { waitsUntil } from './preferences.js';
import { type Reach, reachOf, reachOfContact } from './reach.js';
import type { ContactReach, Recipient } from './recipient.js';

export interface Plan {
  readonly notices: readonly NoticeDraft[];
  readonly deliveries: readonly QueuedDelivery[];
  /** Before the deliveries of this plan enter. */
  readonly held: readonly HeldChange[];
}

const nothing: Plan = { notices: [], deliveries: [], held: [] };

/** What a step of an alarm means for people. */
interface Telling {
  /** "Worse", "back" and "moved" are told as a raised alarm is: it wants a person again. Null: nobody has to do anything. */
  readonly says: AlarmNoticeStep | null;
  /** Whether what was still held of it is settled thereby. */
  readonly settles?: true;
}

const tellings: Record<AlarmStep, Telling> = {
  raised: { says: 'raised' },
  worse: { says: 'raised', settles: true },
  back: { says: 'raised', settles: true },
  repeat: { says: 'repeat' },
  escalated: { says: null },
  acknowledged: { says: 'acknowledged', settles: true },
  released: { says: 'raised' },
  calm: { says: 'calm' },
  cleared: { says: 'cleared', settles: true },
  // To those of the new home.
  moved: { says: 'raised' },
  // These stand on the alarm's own page.
  corrected: { says: null },
  unsteady: { says: null },
  shelved: { says: null },
  suppressed: { says: null, settles: true },
  awaited: { says: null },
  commented: { says: null },
};

/** Who is told of a device's alarms. */
export interface Audience {
  readonly recipients: readonly Recipient[];
  /** Of the home: told of what is about life safety when nobody of it answers. */
  readonly contacts: readonly ContactReach[];
}

export interface TellingTerms {
  /** Of the person who acted. */
  readonly byName?: string | undefined;
  /** Of a flood: when what is gathered goes out as one message; null: it is none. */
  readonly gatheredUntil?: number | null;
}

/** What all notices of one occasion have in common. */
type Told = Omit<NoticeDraft, 'id' | 'accountId'>;

/**
 * @param deviceName the owner's name for the device, or the product's, in both languages
 * @param receivedAt when the packet (or tick, or call) that caused the change arrived
 */
export function planNotices(
  { alarm, step }: AlarmChange,
  audience: Audience,
  deviceName: Text,
  receivedAt: number,
  { byName, gatheredUntil = null }: TellingTerms = {},
): Plan {
  const { says, settles } = tellings[step];
  const subjectId = alarm.id;
  const held = settles ? [{ subjectId, upTo: null, at: receivedAt }] : [];
  if (step === 'escalated') return { ...nothing, held: [{ subjectId, upTo: alarm.stage, at: receivedAt }] };
  if (says === null || isUntold(alarm)) return { ...nothing, held };
  const { deviceId, epoch, severity } = alarm;
  const of: Told = {
    about: 'alarm',
    subjectId,
    deviceId,
    epoch,
    step: says,
    number: says === 'repeat' ? alarm.repeats : timesTold(alarm, says) - 1,
    class: alarm.class,
    severity,
    title: stepText(alarm, says, deviceName, byName),
    body: stepAdvice(alarm, says),
    receivedAt,
    createdAt: receivedAt,
  };
  return { ...tell(audience, of, alarm.stage, gatheredUntil), held };
}

/** What a device's people have to know though nothing is alarmed. */
export interface ToldMatter {
  readonly matter: Matter;
  /** Stable: the same id is told once. */
  readonly id: string;
  readonly deviceId: string;
  readonly epoch: number;
  /** What somebody said to it, in their own words. */
  readonly said?: string | null;
}

export function planMatter(
  { matter, id, deviceId, epoch, said = null }: ToldMatter,
  recipients: readonly Recipient[],
  deviceName: Text,
  receivedAt: number,
): Plan {
  const { title, body, severity, ...text } = matterTexts[matter];
  const of: Told = {
    about: matter,
    subjectId: id,
    deviceId,
    epoch,
    step: 'told',
    number: 0,
    class: text.class,
    severity,
    title: { zh: title(deviceName.zh).zh, en: title(deviceName.en).en },
    body: said === null ? body : { zh: `${body.zh}“${said}”`, en: `${body.en} “${said}”` },
    receivedAt,
    createdAt: receivedAt,
  };
  return tell({ recipients, contacts: [] }, of, 0);
}

/** How a delivery of each step enters: what is raised goes on from channel to channel, what follows goes where that went. */
const entries: Record<NoticeStep, (stage: number, reached: number) => Entry | null> = {
  raised: (stage, reached) => (stage <= reached ? 'due' : 'held'),
  told: stage => (stage === 0 ? 'due' : 'held'),
  repeat: (stage, reached) => (stage <= reached ? 'due' : null),
  acknowledged: () => 'if-told',
  calm: () => 'if-told',
  cleared: () => 'if-told',
};

/** @param reached how far the alarm has been escalated */
function tell(
  { recipients, contacts }: Audience,
  of: Told,
  reached: number,
  gatheredUntil: number | null = null,
): Plan {
  const notices = recipients.map(({ accountId }) => ({
    id: `${of.subjectId}.${accountId}.${of.step}.${of.number}`,
    accountId,
    ...of,
  }));
  const deliveries = recipients.flatMap((recipient, i) => {
    const notice = notices[i];
    if (notice === undefined) return [];
    const waits = waitsUntil(recipient.preferences, of.class, of.receivedAt) ?? gatheredUntil;
    // The contacts are told in the name of the first of the people: their home's owner.
    const others = i === 0 && of.class === 'L' ? contacts.flatMap(reachOfContact) : [];
    return [...reachOf(recipient, of.class), ...others].flatMap(reach => {
      const enters = entries[of.step](reach.stage, reached);
      return enters === null ? [] : { ...deliveryOf(notice, reach, waits), enters };
    });
  });
  return { notices, deliveries, held: [] };
}

function deliveryOf(
  notice: NoticeDraft,
  { endpoint, contactId, rank, stage }: Reach,
  waits: number | null,
): DeliveryDraft {
  const { id: noticeId, subjectId, accountId, class: alarmClass } = notice;
  const { id: endpointId, channel } = endpoint;
  return {
    id: `${noticeId}.${endpointId}`,
    noticeId,
    subjectId,
    accountId,
    channel,
    endpointId,
    contactId,
    class: alarmClass,
    rank,
    stage,
    dueAt: waits ?? notice.receivedAt,
    bundle: waits === null ? null : `${endpointId}.${waits}`,
  };
}

function timesTold({ timeline }: Alarm, step: AlarmNoticeStep): number {
  return timeline.filter(({ what }) => tellings[what].says === step).length;
}
