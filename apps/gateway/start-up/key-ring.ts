// The key ring's file: made once, at the first start, and as permanent as the labels that come from it.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createKeyRing, KEY_BYTES, type KeyRing, parseKeyRing, serialiseKeyRing } from '#codecs/ticket';
import { DomainError } from '#domain/errors';
import { createPrivateFile, readPrivateFile, systemCode } from './private-file.js';

export interface OpenedKeyRing {
  readonly ring: KeyRing;
  /** Whether it was made just now: it wants a backup. */
  readonly isNew: boolean;
  readonly path: string;
}

/**
 * A file that is there and cannot be read is never replaced, for every label of it would be lost.
 * @throws DomainError `file-unreadable`.
 */
export async function openKeyRing(dataFolder: string, now: Date): Promise<OpenedKeyRing> {
  const path = join(dataFolder, 'keys.json');
  const text = await readPrivateFile(path).catch(error => {
    throw unreadable(path, [systemCode(error) ?? String(error)]);
  });
  if (text === null) {
    const ring = createKeyRing(randomBytes(KEY_BYTES), now);
    await createPrivateFile(path, serialiseKeyRing(ring));
    return { ring, isNew: true, path };
  }
  const parsed = parseKeyRing(text);
  if (!parsed.ok) throw unreadable(path, parsed.faults);
  return { ring: parsed.ring, isNew: false, path };
}

function unreadable(path: string, reasons: readonly string[]): DomainError {
  return new DomainError('file-unreadable', {
    detail: `The key ring ${path} cannot be read: ${reasons.join('; ')}. Put its backup in place; a new one would refuse every printed label.`,
  });
}
