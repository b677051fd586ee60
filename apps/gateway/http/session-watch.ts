// Watches over a session from outside of requests: tells when it is ended, or expires without being used again.
import { Injectable } from '@nestjs/common';
import { Sessions } from '#domain/accounts';
import { Clock } from '#domain/clock';

/** Timers take no more than 2^31 ms, and a session that is used elsewhere moves its end: so it is asked again. */
const askAgainMs = 60 * 60_000;

@Injectable()
export class SessionWatch {
  constructor(
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /** @returns what stops the watch. */
  start(sessionHash: string, onEnd: () => void): () => void {
    let timer: NodeJS.Timeout | undefined;
    const ask = async () => {
      const endsAt = await this.sessions.endsAt(sessionHash);
      if (endsAt === null) onEnd();
      else timer = setTimeout(() => ask().catch(onEnd), Math.min(askAgainMs, endsAt - this.clock.now()));
    };
    const unwatch = this.sessions.watchEnd(sessionHash, onEnd);
    ask().catch(onEnd);
    return () => {
      unwatch();
      clearTimeout(timer);
    };
  }
}
