// What the broker holds of a device in its present owner's time, and what must be gone before the next one's.
import { downwardKinds, topicOf, upwardKinds } from '#codecs/wire';
import type { Device } from './device.js';

export interface Remains {
  /** Nothing is retained on these, … */
  readonly topics: readonly string[];
  /** … and nothing waits on them for these clients. What waits for others is theirs: applications outlast owners. */
  readonly clientIds: readonly string[];
}

/** Some go both ways. */
const everyKind = [...new Set([...upwardKinds, ...downwardKinds])];

export function remainsOf({ id, parentId }: Pick<Device, 'id' | 'parentId'>): Remains {
  return {
    topics: everyKind.map(kind => topicOf(id, kind)),
    clientIds: parentId === null ? [id] : [id, parentId],
  };
}
