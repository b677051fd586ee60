// A command that could not do what was asked: its code, the sentence for a person, and what to do about it.
import { errorTitles, type Problem } from '#codecs/api';
import { DomainError } from '#domain/errors';
import { type ExitStatus, exitStatuses, type FailureCode, ownErrorTitles } from './exit-status.js';

export type Faults = NonNullable<Problem['faults']>;

export interface FailureDetails {
  /** Instead of the code's own sentence, when more is known. */
  readonly sentence?: string;
  /** What is wrong in which field. */
  readonly faults?: Faults;
  readonly retryAfterS?: number;
}

/** Thrown by commands; `run` prints it and ends with the status of its code. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly code: FailureCode,
    readonly details: FailureDetails = {},
  ) {
    super(details.sentence ?? titles[code]);
  }
}

const titles: Readonly<Record<FailureCode, string>> = { ...errorTitles, ...ownErrorTitles };

/** What to do, where the sentence alone does not say it. */
const advice: Partial<Readonly<Record<FailureCode, string>>> = {
  'not-signed-in': 'Run: airbind login',
  'not-found': 'See what there is with the list command; you see only what is yours.',
  'product-unknown': 'Run: airbind products list',
  'alarm-not-calm': 'See what it waits for: airbind alarms show ID',
  'device-offline': 'See when it was heard last: airbind devices show ID',
  'answer-not-understood': 'Are both of the same version? See: airbind --version',
};

/** One paragraph for the terminal, without a line feed at its end. */
export function sentenceOf(failure: Failure | DomainError): string {
  const { faults = [], retryAfterS } = failure.details;
  const wrong = faults.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; ');
  const parts = [
    wrong ? `${failure.message.replace(/\.$/, '')} (${wrong}).` : failure.message,
    retryAfterS === undefined ? '' : `Try again in ${retryAfterS} s.`,
    advice[failure.code] ?? '',
  ];
  return parts.filter(part => part !== '').join(' ');
}

/** What to print and how to end for anything that a command threw. */
export function endingOf(error: unknown): { sentence: string; status: ExitStatus } {
  if (error instanceof Failure || error instanceof DomainError) {
    return { sentence: sentenceOf(error), status: exitStatuses[error.code] };
  }
  const what = error instanceof Error ? error.message : String(error);
  return { sentence: `This is a fault of airbind itself: ${what}`, status: exitStatuses.internal };
}
