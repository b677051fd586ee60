// What a store throws when the database is down, full or broken; anything else stays what it was.
import { DomainError } from '#domain/errors';

/** Nothing was written. `cause` is the driver's error, for the log. */
export class StorageFailure extends DomainError {
  constructor(override readonly cause: unknown) {
    super('storage-unavailable');
    this.name = 'StorageFailure';
  }
}

/**
 * An fsync that failed. The kernel may have dropped the pages and call them clean, so that a second fsync "succeeds":
 * whatever this process writes from now on stands on ground that may not be there. Only reading the file anew tells.
 */
export class DurabilityLost extends StorageFailure {}

/** What a driver or the system says of itself; SQLSTATE has five characters. */
const driverCodes = /^(SQLITE_[A-Z_]+|[0-9A-Z]{5}|E[A-Z_]+)$/;
/** What is said of the data alone (SQLSTATE classes 22, 23, 54): it would be refused on the database's best day. */
const dataCodes = /^(SQLITE_(CONSTRAINT|TOOBIG|MISMATCH|RANGE)|22...$|23...$|54...$)/;
const failedSyncs = /^SQLITE_IOERR_(FSYNC|DIR_FSYNC)$/;
const lostConnection = /connect|closed|timeout|pool/i;

/** Passes everything on but the driver's errors of outage, which become a StorageFailure. */
export async function failingClearly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isOutage(error) ? new StorageFailure(error) : error;
  }
}

export function isFailedSync(error: unknown): boolean {
  return failedSyncs.test(codeOf(error) ?? '');
}

function isOutage(error: unknown): boolean {
  if (error instanceof DomainError) return false;
  const code = codeOf(error);
  if (code !== undefined && driverCodes.test(code)) return !dataCodes.test(code);
  return error instanceof Error && lostConnection.test(error.message);
}

/** The driver's, or the system's; TypeORM wraps the driver's error in its own. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('driverError' in error) return codeOf(error.driverError);
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function isUniqueViolation(error: unknown): boolean {
  const code = codeOf(error);
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

/** A row that this one must stand on is gone. */
export function isMissingReference(error: unknown): boolean {
  const code = codeOf(error);
  return code === '23503' || code === 'SQLITE_CONSTRAINT_FOREIGNKEY';
}
