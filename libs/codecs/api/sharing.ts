// Members, invitations and requests to be let in: who else may do what on a device or in a home.
import { z } from 'zod';
import { capabilitiesSchema, capabilitySchema } from './rights.js';
import { identifier, textSchema, timeMs } from './text.js';

const can = z.array(capabilitySchema);
/** When the grant ends by itself; null: it stays until somebody ends it. */
const until = timeMs.nullable();

/** At most so many of each on one device or home. */
export const mostMembers = 32;
export const mostInvitations = 16;
export const mostRequests = 20;
/** How long an invitation can be used: between an hour and a week, three days unless told. */
export const longestInvitationHours = 168;

export const memberSchema = z
  .object({
    /** Of the grant: a person may hold several. */
    id: identifier,
    name: z.string(),
    can,
    since: timeMs,
    until,
    /** Who let them in. */
    by: z.string(),
  })
  .meta({ id: 'Member' });
export type MemberView = z.infer<typeof memberSchema>;

export const pendingInvitationSchema = z
  .object({ id: identifier, can, until, by: z.string(), createdAt: timeMs, expiresAt: timeMs })
  .meta({ id: 'PendingInvitation' });
export type PendingInvitationView = z.infer<typeof pendingInvitationSchema>;

/** Somebody who scanned the code of an owned device and would like to see it. */
export const requestSchema = z
  .object({ id: identifier, name: z.string(), at: timeMs })
  .meta({ id: 'AccessRequest' });
export type RequestView = z.infer<typeof requestSchema>;

/** To a member who may share: those whom they let in themselves. */
export const circleSchema = z
  .object({
    members: z.array(memberSchema),
    invitations: z.array(pendingInvitationSchema),
    requests: z.array(requestSchema),
  })
  .meta({ id: 'Circle' });
export type CircleView = z.infer<typeof circleSchema>;

/** What somebody is to be granted. */
export const termsSchema = z
  .object({ can: capabilitiesSchema, until: until.default(null) })
  .meta({ id: 'GrantTerms' });
export type Terms = z.output<typeof termsSchema>;

export const invitationRequestSchema = termsSchema
  .extend({ validHours: z.int().min(1).max(longestInvitationHours).default(72) })
  .meta({ id: 'InvitationRequest' });

/** The link leaves the gateway once: only a hash of its token stays behind. */
export const madeInvitationSchema = z
  .object({ id: identifier, url: z.string(), expiresAt: timeMs })
  .meta({ id: 'MadeInvitation' });
export type MadeInvitationView = z.infer<typeof madeInvitationSchema>;

export const subjectSchema = z
  .object({ kind: z.enum(['device', 'home']), id: identifier, name: textSchema })
  .meta({ id: 'Subject' });
export type SubjectView = z.infer<typeof subjectSchema>;

/** What the holder of a link is offered, before accepting it. */
export const invitationSchema = z
  .object({
    kind: z.enum(['device', 'home']),
    name: textSchema,
    by: z.string(),
    can,
    until,
    expiresAt: timeMs,
    /** Whether it is the caller's own device or home. */
    isOwn: z.boolean(),
  })
  .meta({ id: 'Invitation' });
export type InvitationView = z.infer<typeof invitationSchema>;

/** What somebody else lets the caller see or do. */
export const shareSchema = z
  .object({ id: identifier, subject: subjectSchema, owner: z.string(), can, since: timeMs, until })
  .meta({ id: 'Share' });
export type ShareView = z.infer<typeof shareSchema>;
