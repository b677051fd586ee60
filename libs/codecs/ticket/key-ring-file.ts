// The key ring's JSON file: version 1, keys as base64url with an id and the time they were made.
import { z } from 'zod';
import { type KeptKeyRing, MAX_KEY_ID } from './key-ring.js';

const FILE_VERSION = 1;

/** 43 characters carry 32 bytes; the last one holds 4 bits, so only every fourth character can stand there. */
const KEY_TEXT = /^[\w-]{42}[AEIMQUYcgkosw048]$/;

const keyId = z.int().min(0).max(MAX_KEY_ID);

const keyRingFile = z
  .strictObject({
    version: z.literal(FILE_VERSION),
    current: keyId,
    keys: z
      .array(
        z.strictObject({
          id: keyId,
          key: z.string().regex(KEY_TEXT, 'expected 32 bytes as base64url without padding'),
          createdAt: z.iso.datetime(),
        }),
      )
      .min(1),
  })
  .superRefine(({ current, keys }, context) => {
    const ids = new Set(keys.map(({ id }) => id));
    if (ids.size !== keys.length) {
      context.addIssue({ code: 'custom', path: ['keys'], message: 'two keys have the same id' });
    }
    if (!ids.has(current)) {
      context.addIssue({ code: 'custom', path: ['current'], message: 'names a key that is not in the ring' });
    }
  });

/** `faults` are sentences for an operator; they name places in the file and never quote it. */
export type KeyRingParse = { ok: true; ring: KeptKeyRing } | { ok: false; faults: string[] };

/** The ring in the file's text. */
export function parseKeyRing(text: string): KeyRingParse {
  const parsed = keyRingFile.safeParse(parseJson(text));
  if (!parsed.success) {
    return { ok: false, faults: parsed.error.issues.map(sentence) };
  }
  const { current, keys } = parsed.data;
  const ring = {
    current,
    keys: new Map(keys.map(({ id, key }) => [id, Uint8Array.from(Buffer.from(key, 'base64url'))])),
    createdAt: new Map(keys.map(({ id, createdAt }) => [id, new Date(createdAt)])),
  };
  return { ok: true, ring };
}

/**
 * The text to write to the file: indented, keys in the order of their ids, a line feed at the end.
 * It is as secret as the keys: the file wants mode 0600.
 */
export function serialiseKeyRing(ring: KeptKeyRing): string {
  const keys = [...ring.keys]
    .sort(([left], [right]) => left - right)
    .map(([id, bytes]) => ({
      id,
      key: Buffer.from(bytes).toString('base64url'),
      createdAt: ring.createdAt.get(id)?.toISOString(),
    }));
  return `${JSON.stringify(keyRingFile.parse({ version: FILE_VERSION, current: ring.current, keys }), null, 2)}\n`;
}

/** Undefined for what is not JSON: the error of JSON.parse quotes the text around the fault, which holds keys. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sentence(issue: { path: PropertyKey[]; message: string }): string {
  const place = issue.path.length === 0 ? 'the file' : issue.path.map(String).join('.');
  return `${place}: ${issue.message}`;
}
