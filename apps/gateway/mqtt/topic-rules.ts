// Who may say and hear what: a device below its own topics, a hub below its children's too, and nobody anything else.
import type { BrokerSession } from '#adapters/broker';
import { type DeviceTopic, isDownward, isUpward, parseTopic, type TopicKind } from '#codecs/wire';

type Speaker = Pick<BrokerSession, 'deviceId' | 'children'>;

export function maySay(speaker: Speaker, topic: string): boolean {
  return isOwn(speaker, parseTopic(topic), isUpward);
}

/** A filter is one topic: wildcards would promise more than is ever sent. */
export function mayHear(speaker: Speaker, filter: string): boolean {
  return isOwn(speaker, parseTopic(filter), isDownward);
}

function isOwn(
  { deviceId, children }: Speaker,
  topic: DeviceTopic | null,
  isTheWay: (kind: TopicKind) => boolean,
): boolean {
  if (!topic || !isTheWay(topic.kind)) return false;
  return topic.deviceId === deviceId || children.includes(topic.deviceId);
}
