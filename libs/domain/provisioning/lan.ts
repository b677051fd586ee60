// The port to the local network: a question to one device, repeated until it answers.

export interface Question {
  readonly address: string;
  readonly port: number;
  readonly message: Uint8Array;
  /** Asked again after this time, until `forMs` are over. */
  readonly everyMs: number;
  readonly forMs: number;
}

export abstract class Lan {
  /** The first answer that is accepted; undefined when none came in time, or the signal ended it. */
  abstract ask<T>(
    question: Question,
    accept: (answer: Uint8Array) => T | undefined,
    signal: AbortSignal,
  ): Promise<T | undefined>;
}
