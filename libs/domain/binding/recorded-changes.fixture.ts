// What a spec of the binding room puts in the place of the intake: it remembers what it was told.
import type { Binding } from './binding.js';
import { BindingChanges } from './binding-changes.js';
import type { News } from './news.js';

export class RecordedChanges extends BindingChanges {
  readonly all: { readonly next: Binding; readonly before: Binding }[] = [];
  readonly news: News[] = [];

  async changed(next: Binding, before: Binding): Promise<void> {
    this.all.push({ next, before });
  }

  async tell(news: News): Promise<void> {
    this.news.push(news);
  }
}
