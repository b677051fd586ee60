// What a rule remembers of a device between two inputs; opaque to everyone but the rule's kind.

export interface RuleMemory {
  readonly deviceId: string;
  readonly rule: string;
  readonly epoch: number;
  /** Rises by one with each write: the fence of compare-and-set. */
  readonly version: number;
  /** JSON value of the rule kind's own making. */
  readonly state: unknown;
  /** When the rule wants to be asked again although nothing was said; null: only when something is. */
  readonly dueAt: number | null;
  /** Occurrences so far, in this epoch. */
  readonly occurrences: number;
}
