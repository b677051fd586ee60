// The type that holds every language to the sentences of the first.

/** The same keys, each with a text of its own. */
export type SameSentences<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : SameSentences<T[K]>;
};
