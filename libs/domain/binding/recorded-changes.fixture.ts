// What a spec of the binding room puts in the place of the intake: it remembers which changes it was told.
import type { Binding } from './binding.js';
import { BindingChanges } from './binding-changes.js';

export class RecordedChanges extends BindingChanges {
  readonly all: { readonly next: Binding; readonly before: Binding }[] = [];

  async changed(next: Binding, before: Binding): Promise<void> {
    this.all.push({ next, before });
  }
}
