// Who must hear of a change of a binding as soon as it is stored; the intake is behind it.
import type { Binding } from './binding.js';
import type { News } from './news.js';

export abstract class BindingChanges {
  /** Ends what the old owner had open, tells the device and the people's pages. */
  abstract changed(next: Binding, before: Binding): Promise<void>;
  /** Resolves when what is told is durable. */
  abstract tell(news: News): Promise<void>;
}
