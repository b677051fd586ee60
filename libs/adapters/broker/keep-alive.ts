// Who fell silent: the keep-alive of all connections, looked at together instead of by a timer for each (MQTT-3.1.2-24).
import type { Connection } from './connection.js';
import { monotonicMs } from './token-bucket.js';

const lookMs = 1_000;
/** A look that comes later than this comes from a process that was stopped, or held up. */
const mostLateMs = 1_500;
/** MQTT-3.1.2-24: one and a half times what the client promised. */
const patience = 1_500;

/** Milliseconds after which a client that promised to be heard within so many seconds is gone; null: it promised nothing. */
export const silenceAfter = (keepAliveS: number): number | null =>
  keepAliveS > 0 ? keepAliveS * patience : null;

export class KeepAlive {
  private looking: NodeJS.Timeout | undefined;
  private lookedAtMs = 0;
  private isWaived = false;

  constructor(private readonly all: () => Iterable<Connection>) {}

  start(): void {
    this.lookedAtMs = monotonicMs();
    this.looking = setInterval(() => this.look(), lookMs).unref();
  }

  stop(): void {
    clearInterval(this.looking);
  }

  private look(): void {
    const now = monotonicMs();
    const wasAway = now - this.lookedAtMs > mostLateMs;
    this.lookedAtMs = now;
    // Who was stopped himself reads first what was said meanwhile, and looks the next time; not for ever.
    this.isWaived = wasAway && !this.isWaived;
    if (this.isWaived) return;
    for (const connection of this.all()) if (isSilent(connection, now)) connection.stream.destroy();
  }
}

/** What has come and was not read yet is not the client's silence. */
function isSilent({ ready, silenceMs, gate, stream }: Connection, now: number): boolean {
  if (!ready || silenceMs === null || now - gate.heardAtMs <= silenceMs) return false;
  return stream.readableLength === 0;
}
