// How the text of an environment variable is read: each schema refuses with a hint of what it takes.
import { z } from 'zod';

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number) {
  const hint = `takes a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, hint)
    .transform(Number)
    .refine(value => value >= min && value <= max, hint);
}

export const port = wholeNumber(0, 65_535);

export const yesOrNo = z
  .enum(['true', 'false'], { error: 'takes true or false' })
  .transform(text => text === 'true');

export const folder = z.string().trim().min(1);

export const file = z.string().trim().min(1);

export const host = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9.:-]+$/, 'takes an address or host name to listen at, such as 127.0.0.1 or 0.0.0.0');

/** An origin: printed codes have no room for a path, and the gateway has none. */
export const origin = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.href.replace(/\/$/, '') === url.origin;
  if (isOrigin) return url.origin;
  context.addIssue({
    code: 'custom',
    message: 'takes http://HOST[:PORT] or https://HOST[:PORT] with no path',
  });
  return z.NEVER;
});

/** The hint never repeats the text: such an address is often a secret. */
export const webAddress = z
  .string()
  .refine(
    text => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'takes an http or https address',
  );

/** Long enough that nobody guesses it; the hint never repeats the text. */
export const token = z
  .string()
  .regex(
    /^[\w-]{20,100}$/,
    'takes 20 to 100 letters, digits, hyphens and underscores, such as: openssl rand -hex 32',
  );

/** Addresses or networks, separated by commas. */
export const addresses = z
  .string()
  .regex(
    /^[0-9a-fA-F.:/, ]*$/,
    'takes addresses or networks separated by commas, such as 10.0.0.2,172.16.0.0/12',
  )
  .transform(text => text.split(/[ ,]+/).filter(Boolean));

/** The form only: what is behind it is the store's to say. The message never repeats the text, which may hold a password. */
export const databaseUrl = z
  .string()
  .regex(/^((sqlite|file):.|postgres(ql)?:\/\/.)/, 'takes sqlite:PATH, file:PATH or postgres://…');

/** The message never repeats the text, which may hold a password. */
export const smtpUrl = z
  .string()
  .refine(
    text => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== '',
    'takes smtp://USER:PASSWORD@HOST:PORT or smtps://…, with what is special in the password as %XX',
  );

export const mailSender = z
  .string()
  .trim()
  .regex(
    /^[^<>"\r\n]*<[^@\s<>]+@[\w.-]+>$|^[^@\s<>]+@[\w.-]+$/,
    'takes a mail address, such as Airbind <alarms@example.org>',
  );

/** Whom a push service may turn to (RFC 8292 §2.1). */
export const vapidSubject = z
  .string()
  .trim()
  .regex(/^(mailto:[^@\s]+@[\w.-]+|https:\/\/\S+)$/, 'takes mailto:ADDRESS or https://…');
