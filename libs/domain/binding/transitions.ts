// Every change of a binding that a person makes: decided on what is stored, and written if it is still so.
import { Injectable } from '@nestjs/common';
import { DomainError } from '#domain/errors';
import type { Binding } from './binding.js';
import { BindingStore } from './binding.store.js';
import { BindingChanges } from './binding-changes.js';
import type { BindingEvent } from './binding-event.js';
import { decide } from './decide.js';
import { newsOf } from './news.js';

@Injectable()
export class Transitions {
  constructor(
    private readonly bindings: BindingStore,
    private readonly changes: BindingChanges,
  ) {}

  /**
   * One compare-and-set; whoever was overtaken decides again.
   * @throws DomainError with the machine's refusal, or `not-found`; then nothing has changed.
   */
  async apply(deviceId: string, event: BindingEvent): Promise<Binding> {
    for (;;) {
      const before = await this.bindings.byDevice(deviceId);
      if (before === null) throw new DomainError('not-found');
      const decision = decide(before, event);
      if (!decision.ok) throw new DomainError(decision.code);
      if (decision.change === null) return before;
      if (await this.bindings.compareAndSet(decision.change)) {
        await this.changes.changed(decision.change.next, before);
        for (const news of newsOf(before, event)) await this.changes.tell(news);
        return decision.change.next;
      }
    }
  }
}
