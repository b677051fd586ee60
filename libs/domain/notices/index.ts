export { Channels } from './channel.js';
export type {
  ChannelKind,
  Delivery,
  DeliveryDraft,
  DeliveryState,
  Endpoint,
  LeasedDelivery,
  Receipt,
  Settlement,
} from './delivery.js';
export { Dispatcher } from './dispatcher.js';
export { Inbox, noticeView } from './inbox.js';
export { type LiveEvent, LiveFeed } from './live-feed.js';
export { matterTexts } from './matters.js';
export { alarmIdOf, type Notice, type NoticeDraft } from './notice.js';
export { EndpointStore, NoticeStore, OutboxStore } from './notice.store.js';
export { NoticesModule } from './notices.module.js';
export { type Plan, planMatter, planNotices, type ToldMatter } from './plan.js';
export { type Recipient, RecipientChanges } from './recipient.js';
export { Webhooks } from './webhooks.js';
