export { AlarmDeeds } from './alarm-deeds.js';
export { Chance } from './chance.js';
export { Channels } from './channel.js';
export type { Contact } from './contact.js';
export { ContactStore } from './contact.store.js';
export { Contacts } from './contacts.js';
export { DeadNotices } from './dead-notices.js';
export type {
  Attempt,
  Delivery,
  DeliveryDraft,
  DeliveryState,
  HeldChange,
  LeasedDelivery,
  QueuedDelivery,
  Receipt,
  Settlement,
} from './delivery.js';
export { Dispatcher } from './dispatcher.js';
export { type Endpoint, endpointState, takes } from './endpoint.js';
export { EndpointStore, type EndpointUpdate, type LastReceipt } from './endpoint.store.js';
export type { EndpointPerson } from './endpoint-people.js';
export { shownAddress } from './endpoint-views.js';
export { Endpoints } from './endpoints.js';
export { Inbox, noticeView } from './inbox.js';
export { joinPlans } from './joined-plans.js';
export { type LiveEvent, LiveFeed } from './live-feed.js';
export { matterTexts } from './matters.js';
export type { Message, MessageStep, Sending } from './message.js';
export {
  isExpired,
  isGenuine,
  type LinkPurpose,
  type MessageLink,
  readLink,
  signLink,
} from './message-link.js';
export { MessageLinks } from './message-links.js';
export { alarmIdOf, type Notice, type NoticeDraft } from './notice.js';
export { NoticeStore } from './notice.store.js';
export { NoticesModule } from './notices.module.js';
export { type Candidate, type LeaseTerms, OutboxStore } from './outbox.store.js';
export { type Audience, type Plan, planMatter, planNotices, type ToldMatter } from './plan.js';
export { PreferenceStore } from './preference.store.js';
export { orderFor, usualPreferences, waitsUntil } from './preferences.js';
export { ReadMarks } from './read-marks.js';
export { type ContactReach, type Recipient, RecipientChanges } from './recipient.js';
export { Telling } from './telling.js';
export { Webhooks } from './webhooks.js';
