export { type Clause, downward, upward } from './contract.js';
export { type Decoded, decodeUpward, type UpwardMessage } from './decode.js';
export {
  applicationCommandSchema,
  type BindingNotice,
  bindingSchema,
  type Command,
  commandSchema,
  configSchema,
  type DeviceConfig,
  type GatewayReply,
  gatewayReplySchema,
} from './downward.js';
export { decodeSnapshot, encodeSnapshot, type Snapshot, type SnapshotHeader } from './snapshot.js';
export { readingName, type Stamp } from './stamp.js';
export {
  type DeviceTopic,
  type DownwardKind,
  deviceIdPattern,
  downwardKinds,
  isDownward,
  isUpward,
  parseTopic,
  type TopicKind,
  topicOf,
  type UpwardKind,
  upwardKinds,
} from './topic.js';
export { filterCovers, filterMatches, isTopicFilter } from './topic-filter.js';
export {
  type DeviceEvent,
  type DeviceInfo,
  type DeviceReply,
  type DeviceStatus,
  type KnownEvent,
  knownEvents,
  type Telemetry,
} from './upward.js';
