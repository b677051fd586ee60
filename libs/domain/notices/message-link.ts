// The link in a message: a token that says what it is for, signed with the key of the endpoint that it was sent to.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a link can do; only when it is posted. */
export type LinkPurpose = 'confirm' | 'arrived' | 'unsubscribe' | 'acknowledge';

export interface MessageLink {
  readonly endpointId: string;
  readonly purpose: LinkPurpose;
  /** What it acts on, such as an alarm's id; empty when that is the endpoint itself. */
  readonly subject: string;
  /** When the message was written; the same message has the same link at every attempt. */
  readonly sentAt: number;
}

const dayMs = 24 * 60 * 60_000;

const lifetimeMs: Readonly<Record<LinkPurpose, number>> = {
  confirm: 7 * dayMs,
  // Longer than a push service keeps a message for a phone that is off.
  arrived: 4 * dayMs,
  unsubscribe: 365 * dayMs,
  acknowledge: 7 * dayMs,
};

const wording = z.tuple([
  z.string(),
  z.enum(['confirm', 'arrived', 'unsubscribe', 'acknowledge']),
  z.string(),
  z.int(),
]);

/** `<base64url of JSON>.<base64url of HMAC-SHA-256>`. */
export function signLink({ endpointId, purpose, subject, sentAt }: MessageLink, linkKey: string): string {
  const words: z.input<typeof wording> = [endpointId, purpose, subject, sentAt];
  const text = Buffer.from(JSON.stringify(words)).toString('base64url');
  return `${text}.${mac(text, linkKey).toString('base64url')}`;
}

/** What a token claims to be: believe it only after `isGenuine`. Null for what is no token. */
export function readLink(token: string): MessageLink | null {
  const [text = ''] = token.split('.', 1);
  try {
    const [endpointId, purpose, subject, sentAt] = wording.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString()),
    );
    return { endpointId, purpose, subject, sentAt };
  } catch {
    return null;
  }
}

export function isGenuine(token: string, linkKey: string): boolean {
  const [text = '', proof = '', ...rest] = token.split('.');
  const expected = mac(text, linkKey);
  const given = Buffer.from(proof, 'base64url');
  return rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
}

export function isExpired({ purpose, sentAt }: MessageLink, now: number): boolean {
  return now > sentAt + lifetimeMs[purpose];
}

function mac(text: string, linkKey: string): Buffer {
  return createHmac('sha256', linkKey).update(text).digest();
}
