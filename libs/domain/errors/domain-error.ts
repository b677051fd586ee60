// The one error that the domain throws on purpose: a stable code, and what the caller may know.
import { type ErrorCode, errorTitles } from '#codecs/api';

export interface ErrorDetails {
  /** A sentence for the caller; it goes to strangers too, so it gives nothing away. */
  readonly detail?: string;
  readonly faults?: readonly { readonly field: string; readonly message: string }[];
  readonly retryAfterS?: number;
}

export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
  ) {
    super(details.detail ?? errorTitles[code]);
    this.name = 'DomainError';
  }
}
