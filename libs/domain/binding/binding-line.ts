// The line in which everything that concerns a device is decided, one thing after the other; the intake is behind it.
import type { Binding } from './binding.js';
import type { BindingEvent } from './binding-event.js';
import type { News } from './news.js';

export abstract class BindingLine {
  /**
   * Decides in its turn, and resolves when all that follows is durable in one transaction: the change with its line in the
   * ledger, the end of what a former owner had open, and the notices of those who must hear of it.
   * @returns the binding as it is then; unchanged when it was done before
   * @throws DomainError with the machine's refusal, or `not-found`; then nothing has changed.
   */
  abstract decide(deviceId: string, event: BindingEvent): Promise<Binding>;
  /** Resolves when what is told is durable. */
  abstract tell(news: News): Promise<void>;
}
