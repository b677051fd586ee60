// What could not be delivered: an operator looks at it, and sends it once more when the reason is gone.
import { Injectable } from '@nestjs/common';
import type { DeadNoticeView } from '#codecs/api';
import { Clock } from '#domain/clock';
import { Dispatcher } from './dispatcher.js';
import { OutboxStore } from './outbox.store.js';

const mostShown = 200;

@Injectable()
export class DeadNotices {
  constructor(
    private readonly outbox: OutboxStore,
    private readonly dispatcher: Dispatcher,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(): Promise<DeadNoticeView[]> {
    const dead = await this.outbox.dead(mostShown);
    return dead.map(
      ({ id, subjectId, accountId, channel, class: of, state, attempts, detail, settledAt: at }) => ({
        ...{ id, subjectId, accountId, channel, class: of, attempts, detail, at },
        state: state === 'refused' ? 'refused' : 'dead',
      }),
    );
  }

  /** @param ids null: all of them. @returns how many go out again; one whose endpoint is gone does not. */
  async replay(ids: readonly string[] | null): Promise<number> {
    const replayed = await this.outbox.replay(ids, this.clock.now());
    this.dispatcher.wake();
    return replayed;
  }
}
