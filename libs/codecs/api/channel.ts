// The ways to a person, and the people without an account who are reached on them, as HTTP shows and takes them.
import { z } from 'zod';
import { alarmStateSchema } from './alarm.js';
import { identifier, localeSchema, textSchema, timeMs } from './text.js';

/** Every way out of the gateway. (WeChat is to be the next.) */
export const channelKindSchema = z.enum(['webhook', 'mail', 'web-push', 'wecom', 'ntfy']);
export type ChannelKind = z.infer<typeof channelKindSchema>;

const httpUrl = z.url({ protocol: /^https?$/ }).max(500);
const mailAddress = z.email().max(254);
/** What a person calls it, such as "Phone"; what it is called is shown, and nothing else depends on it. */
const name = z.string().trim().max(80).default('');
/** Of what is said there; the person's own when nothing is said. */
const locale = localeSchema.optional();
/** Unpadded base64url of so many bytes. */
const base64url = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^[\\w-]{${Math.ceil((bytes * 4) / 3)}}$`), `takes ${bytes} bytes as base64url`);

/** What a person tells of an endpoint of each kind. */
export const endpointDetails = {
  webhook: z.object({ channel: z.literal('webhook'), url: httpUrl, name, locale }),
  mail: z.object({ channel: z.literal('mail'), address: mailAddress, name, locale }),
  /** A PushSubscription of the browser: RFC 8291 keys, and the push service's URL. */
  'web-push': z.object({
    channel: z.literal('web-push'),
    url: z.url({ protocol: /^https$/ }).max(1_000),
    p256dh: base64url(65),
    auth: base64url(16),
    name,
    locale,
  }),
  /** A group robot's address as WeCom shows it, its key included. */
  wecom: z.object({
    channel: z.literal('wecom'),
    url: httpUrl.refine(hasKey, 'takes the address of a robot, which ends in key=…'),
    name,
    locale,
  }),
  /** The topic's URL on ntfy.sh or a server of one's own, and an access token where it asks for one. */
  ntfy: z.object({
    channel: z.literal('ntfy'),
    url: httpUrl.refine(hasTopic, 'takes the address of a topic, such as https://ntfy.sh/my-topic'),
    token: z.string().trim().max(200).optional(),
    name,
    locale,
  }),
} as const satisfies Record<ChannelKind, z.ZodType>;

export const endpointRequestSchema = z
  .discriminatedUnion('channel', [
    endpointDetails.webhook,
    endpointDetails.mail,
    endpointDetails['web-push'],
    endpointDetails.wecom,
    endpointDetails.ntfy,
  ])
  .meta({ id: 'EndpointRequest' });
export type EndpointDetails = z.output<typeof endpointRequestSchema>;

export const endpointChangeSchema = z.object({ lifeSafetyOnly: z.boolean() }).meta({ id: 'EndpointChange' });
export type EndpointChange = z.infer<typeof endpointChangeSchema>;

/** A test message on its way: what the provider said, and when it was shown or a person said that it came. */
export const trialSchema = z
  .object({
    at: timeMs,
    outcome: z.enum(['under-way', 'accepted', 'retry', 'refused']),
    detail: z.string().nullable(),
    /** From the moment it was sent until the provider had taken it. */
    acceptedMs: z.int().nullable(),
    /** From the same moment until it was seen to have arrived. */
    arrivedMs: z.int().nullable(),
  })
  .meta({ id: 'Trial' });
export type TrialView = z.infer<typeof trialSchema>;

/**
 * `unconfirmed`: nothing is sent until its person has followed the link. `unproven`: no message has been seen to
 * arrive for 30 days.
 */
export const endpointStateSchema = z.enum(['unconfirmed', 'unproven', 'proven']);
export type EndpointState = z.infer<typeof endpointStateSchema>;

export const endpointSchema = z
  .object({
    id: identifier,
    channel: channelKindSchema,
    name: z.string(),
    /** Where it is, without what is secret in it. */
    address: z.string(),
    locale: localeSchema,
    createdAt: timeMs,
    confirmedAt: timeMs.nullable(),
    /** When a message was last seen to have arrived. */
    provenAt: timeMs.nullable(),
    /** Since when only what is about life safety goes there, by its person's wish; null: everything does. */
    lifeSafetyOnlySince: timeMs.nullable(),
    state: endpointStateSchema,
    lastReceipt: z.object({ at: timeMs, outcome: z.string() }).nullable(),
    lastTrial: trialSchema.nullable(),
    /** Shown once, at creation: the key of a webhook's signature. */
    secret: z.string().optional(),
  })
  .meta({ id: 'Endpoint' });
export type EndpointView = z.infer<typeof endpointSchema>;

/** Which channels this gateway has, and what the operator has to set for those that it has not. */
export const channelSchema = z
  .object({
    channel: channelKindSchema,
    isReady: z.boolean(),
    missing: z.array(z.string()),
    /** Of web push: the gateway's VAPID key, which a browser subscribes with. */
    publicKey: z.string().optional(),
  })
  .meta({ id: 'Channel' });
export type ChannelView = z.infer<typeof channelSchema>;

export const echoSchema = z.object({ id: identifier }).meta({ id: 'Echo' });

/** A person without an account, reached by mail once they have agreed. */
export const contactRequestSchema = z
  .object({ name: z.string().trim().min(1).max(80), email: mailAddress, locale: localeSchema.default('en') })
  .meta({ id: 'ContactRequest' });
export type ContactDetails = z.output<typeof contactRequestSchema>;

export const contactSchema = z
  .object({
    id: identifier,
    homeId: identifier,
    name: z.string(),
    locale: localeSchema,
    createdAt: timeMs,
    endpoints: z.array(endpointSchema),
  })
  .meta({ id: 'Contact' });
export type ContactView = z.infer<typeof contactSchema>;

/** What a link in a message is for; nothing of it happens until it is posted. */
export const messageLinkPurposeSchema = z.enum(['confirm', 'arrived', 'unsubscribe', 'acknowledge']);
export type MessageLinkPurpose = z.infer<typeof messageLinkPurposeSchema>;

export const messageLinkSchema = z
  .object({
    purpose: messageLinkPurposeSchema,
    channel: channelKindSchema,
    /** The endpoint that the message went to. */
    address: z.string(),
    locale: localeSchema,
    /** Whom it is about: the home that wants a contact, or the person whose endpoint it is. */
    about: z.string(),
    /** What `acknowledge` is about; null for the other purposes. */
    alarm: z.object({ title: textSchema, raisedAt: timeMs, state: alarmStateSchema }).nullable(),
    isDone: z.boolean(),
  })
  .meta({ id: 'MessageLink' });
export type MessageLinkView = z.infer<typeof messageLinkSchema>;

function hasKey(url: string): boolean {
  return URL.canParse(url) && (new URL(url).searchParams.get('key') ?? '').length >= 8;
}

function hasTopic(url: string): boolean {
  return URL.canParse(url) && /^\/[\w-]{1,64}\/?$/.test(new URL(url).pathname);
}
