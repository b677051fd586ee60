// Why Aedes closes a socket: it tells its reasons apart by their words alone.
import type { RefusalReason } from './broker-counters.js';
import { unavailable } from './session-memory.js';

export interface AedesFault extends Error {
  /** Of the operating system. */
  readonly code?: string;
}

const reasons: ReadonlyMap<string, RefusalReason> = new Map([
  ['drain timeout', 'reader-frozen'],
  [unavailable, 'store-unavailable'],
  ['topic has too many levels', 'topic-levels'],
]);

/** Null for what the network or the other side did. */
export function refusalOf({ code, message }: AedesFault): RefusalReason | null {
  if (code !== undefined) return null;
  return reasons.get(message) ?? 'protocol';
}
