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
export { type LiveEvent, LiveFeed } from './live-feed.js';
export type { Notice, NoticeDraft } from './notice.js';
export { EndpointStore, NoticeStore, OutboxStore } from './notice.store.js';
