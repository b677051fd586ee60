// What a spec of the binding room puts in the place of the intake: whoever was overtaken decides again, and it remembers
// what was decided and told.
import type { Stores } from '#adapters/storage';
import { DomainError } from '#domain/errors';
import { batchOf } from '#domain/intake';
import type { Binding } from './binding.js';
import type { BindingEvent } from './binding-event.js';
import { BindingLine } from './binding-line.js';
import { decide } from './decide.js';
import { type News, newsOf } from './news.js';

export interface WritingStores extends Pick<Stores, 'bindings'> {
  readonly intake: Pick<Stores['intake'], 'commit'>;
}

export class StoredLine extends BindingLine {
  readonly all: { readonly next: Binding; readonly before: Binding }[] = [];
  readonly news: News[] = [];

  constructor(private readonly stores: WritingStores) {
    super();
  }

  async decide(deviceId: string, event: BindingEvent): Promise<Binding> {
    for (;;) {
      const before = await this.stores.bindings.byDevice(deviceId);
      if (before === null) throw new DomainError('not-found');
      const decision = decide(before, event);
      if (!decision.ok) throw new DomainError(decision.code);
      const placed = event.kind === 'move' ? [{ deviceId, roomId: event.roomId }] : [];
      if (decision.change === null) {
        await this.stores.intake.commit(batchOf({ placed }));
        return before;
      }
      const { next, ledger } = decision.change;
      if (!(await this.stores.intake.commit(batchOf({ bindings: [{ next, ledger }], placed }))).ok) continue;
      this.all.push({ next, before });
      this.news.push(...newsOf(before, event));
      return next;
    }
  }

  async tell(news: News): Promise<void> {
    this.news.push(news);
  }
}
