// Topics of the MQTT contract: v1/devices/{id}/{kind}, one level for whom and one for what.

/** What a device says. `reply` answers a command. */
export const upwardKinds = ['telemetry', 'event', 'status', 'info', 'snapshot', 'reply'] as const;

/** What a device is told. `reply` answers a message that the gateway could not take. */
export const downwardKinds = ['command', 'config', 'binding', 'reply'] as const;

export type UpwardKind = (typeof upwardKinds)[number];
export type DownwardKind = (typeof downwardKinds)[number];
export type TopicKind = UpwardKind | DownwardKind;

export interface DeviceTopic {
  readonly deviceId: string;
  readonly kind: TopicKind;
}

const prefix = 'v1/devices/';
const kinds: ReadonlySet<string> = new Set([...upwardKinds, ...downwardKinds]);

/** 1–63 of a–z, 0–9 and hyphen, no hyphen first: safe in a topic, a URL and a file name. */
export const deviceIdPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

export function topicOf(deviceId: string, kind: TopicKind): string {
  return `${prefix}${deviceId}/${kind}`;
}

/** The parts of a topic, or null when it is none of ours (filters with wildcards are none). */
export function parseTopic(topic: string): DeviceTopic | null {
  if (!topic.startsWith(prefix)) return null;
  const slash = topic.indexOf('/', prefix.length);
  const deviceId = topic.slice(prefix.length, slash);
  const kind = topic.slice(slash + 1);
  if (slash < 0 || !deviceIdPattern.test(deviceId) || !isTopicKind(kind)) return null;
  return { deviceId, kind };
}

export function isUpward(kind: TopicKind): kind is UpwardKind {
  return (upwardKinds as readonly string[]).includes(kind);
}

export function isDownward(kind: TopicKind): kind is DownwardKind {
  return (downwardKinds as readonly string[]).includes(kind);
}

function isTopicKind(kind: string): kind is TopicKind {
  return kinds.has(kind);
}
