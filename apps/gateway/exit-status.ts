// How the gateway's process ends, so that whoever started it can tell why (after sysexits.h of BSD).
import { DomainError } from '#domain/errors';

export const exitStatuses = {
  done: 0,
  usage: 64,
  'file-unreadable': 66,
  'port-busy': 69,
  internal: 70,
  /** An fsync failed: what this process believes to be on the disk may not be there. */
  'durability-lost': 74,
  'storage-unavailable': 75,
  'settings-invalid': 78,
} as const;

/** The sentence for stderr and the status for an error that ended the start. */
export function endingOf(error: unknown): { sentence: string; status: number } {
  if (!(error instanceof DomainError)) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { sentence: `The gateway could not start: ${reason}`, status: exitStatuses.internal };
  }
  const status =
    error.code in exitStatuses
      ? exitStatuses[error.code as keyof typeof exitStatuses]
      : exitStatuses.internal;
  const faults = (error.details.faults ?? []).map(({ field, message }) => `  ${field} ${message}`);
  const cause = error.cause instanceof Error ? [`  ${error.cause.message}`] : [];
  return { sentence: [error.message, ...faults, ...cause].join('\n'), status };
}
