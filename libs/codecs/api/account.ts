// Accounts, sessions and homes as HTTP shows and takes them.
import { z } from 'zod';
import { standingSchema } from './rights.js';
import { identifier, localeSchema, timeMs } from './text.js';

const email = z.email().max(254);
const password = z.string().min(10, 'takes at least 10 characters').max(200);
const token = z.string().min(20).max(100);
const personName = z.string().trim().min(1).max(80);

export const roleSchema = z.enum(['operator', 'resident']);
export type Role = z.infer<typeof roleSchema>;

export const accountSchema = z
  .object({
    id: identifier,
    email: z.string(),
    name: z.string(),
    locale: localeSchema,
    role: roleSchema,
    homeId: identifier,
  })
  .meta({ id: 'Account' });
export type AccountView = z.infer<typeof accountSchema>;

export const signUpSchema = z
  .object({ email, password, name: personName, locale: localeSchema.default('en') })
  .meta({ id: 'SignUp' });

/** The first operator comes by the one-time link that the first start prints. */
export const firstOperatorSchema = z
  .object({ token, email, password, name: personName, locale: localeSchema.default('en') })
  .meta({ id: 'FirstOperator' });

export const signInSchema = z.object({ email, password: z.string().max(200) }).meta({ id: 'SignIn' });
export const linkSignInSchema = z.object({ token }).meta({ id: 'LinkSignIn' });

export const sessionSchema = z
  .object({
    account: accountSchema,
    expiresAt: timeMs,
    /** Only when `?token=true` was asked for (command line); browsers get a cookie instead. */
    token: z.string().optional(),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof sessionSchema>;

/** An operator's way to let somebody in without a password: made on the server, used once. */
export const signInLinkRequestSchema = z
  .object({ email, name: personName.optional(), locale: localeSchema.default('en') })
  .meta({ id: 'SignInLinkRequest' });
export const signInLinkSchema = z.object({ url: z.string(), expiresAt: timeMs }).meta({ id: 'SignInLink' });

export const homeModeSchema = z.enum(['home', 'away', 'night']);
export type HomeMode = z.infer<typeof homeModeSchema>;

export const timeZone = z.string().refine(isTimeZone, 'is not a time zone such as Asia/Shanghai');

/** An account has at most so many homes, and a home so many rooms. */
export const mostHomes = 8;
export const mostRooms = 32;

export const roomSchema = z.object({ id: identifier, name: z.string() }).meta({ id: 'Room' });
export type RoomView = z.infer<typeof roomSchema>;

/** All rooms of a home in their order; one without an id is new, one that is left out goes. */
export const roomsSchema = z
  .object({ rooms: z.array(z.object({ id: identifier.optional(), name: personName })).max(mostRooms) })
  .meta({ id: 'Rooms' });

export const homeSchema = z
  .object({
    id: identifier,
    name: z.string(),
    timeZone: z.string(),
    mode: homeModeSchema,
    modeSince: timeMs,
    /** In the order of the pages. */
    rooms: z.array(roomSchema),
    /** How the caller stands to it. */
    standing: standingSchema,
  })
  .meta({ id: 'Home' });
export type HomeView = z.infer<typeof homeSchema>;

export const homeChangeSchema = z
  .object({ name: personName, timeZone, mode: homeModeSchema })
  .partial()
  .meta({ id: 'HomeChange' });

export const homeRequestSchema = z
  .object({ name: personName, timeZone: timeZone.optional() })
  .meta({ id: 'HomeRequest' });

/** The home of the caller's into which the devices move that stand in it. */
export const homeRemovalSchema = z.object({ moveTo: identifier.optional() });
export type HomeRemoval = z.infer<typeof homeRemovalSchema>;

export const modeChangeSchema = z.object({ mode: homeModeSchema }).meta({ id: 'ModeChange' });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
