// The keys by which push services know this gateway (RFC 8292): made once, for every subscription is tied to them.
import { createECDH } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '#domain/errors';
import { createPrivateFile, readPrivateFile, systemCode } from './private-file.js';

export interface VapidKeys {
  /** Uncompressed point of P-256 as base64url. */
  readonly publicKey: string;
  readonly privateKey: string;
}

const base64url = (bytes: number) =>
  z.string().refine(text => Buffer.from(text, 'base64url').length === bytes && /^[\w-]+$/.test(text));

const fileSchema = z.object({ publicKey: base64url(65), privateKey: base64url(32) });

/**
 * A file that is there and cannot be read is never replaced: every browser would have to subscribe again.
 * @throws DomainError `file-unreadable`.
 */
export async function openVapidKeys(dataFolder: string): Promise<VapidKeys> {
  const path = join(dataFolder, 'vapid.json');
  const text = await readPrivateFile(path).catch(error => {
    throw unreadable(path, systemCode(error) ?? 'unknown reason');
  });
  if (text !== null) return parse(path, text);
  const keys = makeKeys();
  await createPrivateFile(path, `${JSON.stringify(keys, null, 2)}\n`);
  return keys;
}

function makeKeys(): VapidKeys {
  const curve = createECDH('prime256v1');
  curve.generateKeys();
  // A key with a leading zero byte comes out shorter.
  const privateKey = Buffer.concat([Buffer.alloc(32), curve.getPrivateKey()]).subarray(-32);
  return { publicKey: curve.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') };
}

function parse(path: string, text: string): VapidKeys {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    throw unreadable(path, 'it does not hold two keys');
  }
}

function unreadable(path: string, reason: string): DomainError {
  return new DomainError('file-unreadable', {
    detail: `${path} cannot be read: ${reason}. Put its backup in place, or remove it: then every browser has to be added again.`,
  });
}
