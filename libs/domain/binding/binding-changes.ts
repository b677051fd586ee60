// Who must hear of a change of owner as soon as it is stored; the intake is behind it.
import type { Binding } from './binding.js';

export abstract class BindingChanges {
  /** Ends what the old owner had open, tells the device and the people's pages. */
  abstract changed(next: Binding, before: Binding): Promise<void>;
}
