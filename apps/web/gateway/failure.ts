// A call that did not do what was asked, with the stable code that its sentence is found by.
import { type ErrorCode, type Problem, problemSchema } from '#codecs/api';

export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly code: ErrorCode,
    readonly faults: NonNullable<Problem['faults']> = [],
    readonly retryAfterS: number | null = null,
  ) {
    super(code);
  }
}

/** A proxy in front of a gateway that is away answers with these, and not with a problem of ours. */
const away: ReadonlySet<number> = new Set([502, 503, 504]);

export function failureOf(status: number, body: unknown): Failure {
  const problem = problemSchema.safeParse(body);
  if (problem.success) {
    return new Failure(problem.data.code, problem.data.faults, problem.data.retryAfterS ?? null);
  }
  return new Failure(away.has(status) ? 'gateway-unreachable' : 'internal');
}

/** What went wrong, whatever was thrown. */
export function codeOf(fault: unknown): ErrorCode {
  return fault instanceof Failure ? fault.code : 'internal';
}
