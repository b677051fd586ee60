// The data folder: made at the first start, for the gateway's own user alone.
import { access, constants, mkdir, realpath } from 'node:fs/promises';
import { DomainError } from '#domain/errors';
import { systemCode } from './private-file.js';

/** @returns the folder's absolute path. @throws DomainError `settings-invalid` when it cannot be made or written. */
export async function openDataFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(path);
  } catch (error) {
    const reason = systemCode(error) ?? String(error);
    throw new DomainError('settings-invalid', {
      faults: [
        { field: 'AIRBIND_DATA', message: `takes a folder that the gateway may write to (${reason})` },
      ],
    });
  }
}
