// Who may say and hear what: a device below its own topics, a hub below its children's too, an application as it was
// granted, and nobody anything else.
import type { DeviceIdentity, Identity } from '#adapters/broker';
import {
  type DeviceTopic,
  filterCovers,
  filterMatches,
  isDownward,
  isTopicFilter,
  isUpward,
  parseTopic,
  type TopicKind,
} from '#codecs/wire';

export function maySay(identity: Identity, topic: string): boolean {
  switch (identity.kind) {
    case 'device':
      return isOwn(identity, parseTopic(topic), isUpward);
    case 'application':
      return isCommand(topic) && identity.publish.some(granted => filterMatches(granted, topic));
    default:
      return identity satisfies never;
  }
}

/** A device's filter is one topic: wildcards would promise more than is ever sent to it. */
export function mayHear(identity: Identity, filter: string): boolean {
  switch (identity.kind) {
    case 'device':
      return isOwn(identity, parseTopic(filter), identity.isRenewing ? isCommandKind : isDownward);
    case 'application':
      return isTopicFilter(filter) && identity.subscribe.some(granted => filterCovers(granted, filter));
    default:
      return identity satisfies never;
  }
}

/** All that an application can say: whatever else it published would be stored nowhere and reach nobody. */
function isCommand(topic: string): boolean {
  return parseTopic(topic)?.kind === 'command';
}

/** All that is said to a device whose credential is of before. */
function isCommandKind(kind: TopicKind): boolean {
  return kind === 'command';
}

function isOwn(
  { deviceId, children }: DeviceIdentity,
  topic: DeviceTopic | null,
  isTheWay: (kind: TopicKind) => boolean,
): boolean {
  if (!topic || !isTheWay(topic.kind)) return false;
  return topic.deviceId === deviceId || children.includes(topic.deviceId);
}
