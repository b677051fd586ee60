// The certificate of deletion as a text: what is signed, what stands in the file, and whether somebody changed it.
import { type KeyObject, sign, verify } from 'node:crypto';
import {
  type ErasureCertificate,
  erasureCertificateSchema,
  type FarewellCertificate,
  farewellCertificateSchema,
} from '#codecs/api';

/** Of what a device recorded, or of a whole account. */
export type Certificate = ErasureCertificate | FarewellCertificate;

const certificateSchema = erasureCertificateSchema.or(farewellCertificateSchema);

export function signed<const S extends object>(
  statement: S,
  key: KeyObject,
): S & Pick<Certificate, 'signature'> {
  return { ...statement, signature: sign(null, signedBytes(statement), key).toString('base64') };
}

export function isGenuine({ signature, ...statement }: Certificate, publicKey: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64');
  // Several texts stand for the same bytes; ours is one of them.
  return bytes.toString('base64') === signature && verify(null, signedBytes(statement), publicKey, bytes);
}

/** As a file. One certificate has one text, so that a byte that is changed anywhere is seen. */
export function certificateText(certificate: Certificate): string {
  return `${JSON.stringify(inOrder(certificate), null, 2)}\n`;
}

/** Null for what `certificateText` would not have written. */
export function readCertificate(text: string): Certificate | null {
  const read = certificateSchema.safeParse(parsed(text));
  return read.success && certificateText(read.data) === text ? read.data : null;
}

/** RFC 8785: names in order, no spaces; our texts and whole numbers JSON already writes as it wants them. */
function signedBytes(statement: object): Buffer {
  return Buffer.from(JSON.stringify(inOrder(statement)));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, inOrder(each)]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
