// One input that waits in the line, and who is told what became of it.
import type { Input } from './input.js';
import type { DeviceFile } from './intake.store.js';

/**
 * What became of an input that was answered. `known`: it was there already. `condemned`: it can neither be decided nor
 * stored, however often it is sent; a dead letter stands in its place.
 */
export type Taken =
  /** With the files that it touched, as it left them; none of a message. */
  | { readonly kind: 'stored'; readonly files: readonly DeviceFile[] }
  | { readonly kind: 'known' }
  | { readonly kind: 'condemned'; readonly error: unknown };

/** `refused`: nothing of it is stored. */
export type Answer = Taken | { readonly kind: 'refused'; readonly error: unknown };

/** Told once. */
export type Answered = (answer: Answer) => void;

export interface Entry {
  readonly input: Input;
  readonly answered: Answered;
  /** Set when `input` is the dead letter of what was sent. */
  readonly condemned?: Extract<Taken, { kind: 'condemned' }>;
}

/** What the one who is told throws is his own fault, as in a promise's `then`: the others are answered still. */
export function answer({ answered }: Entry, what: Answer): void {
  try {
    answered(what);
  } catch (fault) {
    void Promise.reject(fault);
  }
}
