// What a store throws when the database is down, full or broken; anything else stays what it was.
import { DomainError } from '#domain/errors';

/** Nothing was written. `cause` is the driver's error, for the log. */
export class StorageFailure extends DomainError {
  constructor(override readonly cause: unknown) {
    super('storage-unavailable');
    this.name = 'StorageFailure';
  }
}

const sqliteCodes =
  /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|CORRUPT|NOTADB|NOMEM|PROTOCOL|PERM|AUTH)/;
/** SQLSTATE classes: connection, resources, operator intervention, system; and the server's limits. */
const postgresCodes = /^(08|53|57|58|XX)[0-9A-Z]{3}$/;
const socketCodes = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/;
const lostConnection = /connect|closed|timeout|pool/i;

/** Passes everything on but the driver's errors of outage, which become a StorageFailure. */
export async function failingClearly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isOutage(error) ? new StorageFailure(error) : error;
  }
}

function isOutage(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return [sqliteCodes, postgresCodes, socketCodes].some(codes => codes.test(code));
  return error instanceof Error && !(error instanceof StorageFailure) && lostConnection.test(error.message);
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
