// Every HTTP call of Airbind in one table: the gateway's routes, the clients' types and the OpenAPI document follow it.
import { z } from 'zod';
import * as account from './account.js';
import * as alarm from './alarm.js';
import * as device from './device.js';
import * as history from './history.js';
import * as identity from './identity.js';
import * as product from './product.js';
import { doneSchema } from './text.js';

/** Who may call: anyone, anyone signed in, or operators only. A person sees only what is theirs. */
export type Access = 'public' | 'person' | 'operator';

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, parameters in braces. */
  readonly path: `/${string}`;
  readonly access: Access;
  /** Of the parameters behind the question mark, as text. */
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  readonly status?: 201;
}

export const apiPrefix = '/api/v1';

export const endpoints = {
  firstOperator: {
    method: 'POST',
    path: '/accounts/first-operator',
    access: 'public',
    body: account.firstOperatorSchema,
    answer: account.sessionSchema,
    status: 201,
  },
  signUp: {
    method: 'POST',
    path: '/accounts',
    access: 'public',
    body: account.signUpSchema,
    answer: account.sessionSchema,
    status: 201,
  },
  signIn: {
    method: 'POST',
    path: '/sessions',
    access: 'public',
    body: account.signInSchema,
    answer: account.sessionSchema,
    status: 201,
  },
  signInByLink: {
    method: 'POST',
    path: '/sessions/link',
    access: 'public',
    body: account.linkSignInSchema,
    answer: account.sessionSchema,
    status: 201,
  },
  currentSession: {
    method: 'GET',
    path: '/sessions/current',
    access: 'person',
    answer: account.sessionSchema,
  },
  signOut: { method: 'DELETE', path: '/sessions/current', access: 'person', answer: doneSchema },
  makeSignInLink: {
    method: 'POST',
    path: '/sign-in-links',
    access: 'operator',
    body: account.signInLinkRequestSchema,
    answer: account.signInLinkSchema,
    status: 201,
  },

  homes: { method: 'GET', path: '/homes', access: 'person', answer: z.array(account.homeSchema) },
  changeHome: {
    method: 'PATCH',
    path: '/homes/{homeId}',
    access: 'person',
    body: account.homeChangeSchema,
    answer: account.homeSchema,
  },

  products: { method: 'GET', path: '/products', access: 'operator', answer: z.array(product.productSchema) },
  product: {
    method: 'GET',
    path: '/products/{productId}',
    access: 'operator',
    answer: product.productSchema,
  },
  putProduct: {
    method: 'PUT',
    path: '/products/{productId}',
    access: 'operator',
    body: product.productSchema,
    answer: product.productSchema,
  },
  batches: { method: 'GET', path: '/batches', access: 'operator', answer: z.array(product.batchSchema) },
  makeBatch: {
    method: 'POST',
    path: '/batches',
    access: 'operator',
    body: product.batchRequestSchema,
    answer: product.madeBatchSchema,
    status: 201,
  },

  applications: {
    method: 'GET',
    path: '/applications',
    access: 'operator',
    answer: z.array(identity.applicationSchema),
  },
  makeApplication: {
    method: 'POST',
    path: '/applications',
    access: 'operator',
    body: identity.applicationRequestSchema,
    answer: identity.madeApplicationSchema,
    status: 201,
  },
  /** Another secret; connections by the one before end. */
  rotateApplication: {
    method: 'POST',
    path: '/applications/{applicationId}/secret',
    access: 'operator',
    answer: identity.madeApplicationSchema,
    status: 201,
  },
  dropApplication: {
    method: 'DELETE',
    path: '/applications/{applicationId}',
    access: 'operator',
    answer: doneSchema,
  },

  authority: { method: 'GET', path: '/authority', access: 'operator', answer: identity.authoritySchema },
  /** Is there one already, it is shown as it is. */
  makeAuthority: {
    method: 'POST',
    path: '/authority',
    access: 'operator',
    body: identity.authorityRequestSchema,
    answer: identity.authoritySchema,
    status: 201,
  },
  /** A new certificate for the gateway itself. */
  certifyGateway: {
    method: 'POST',
    path: '/authority/server',
    access: 'operator',
    body: identity.authorityRequestSchema,
    answer: identity.authoritySchema,
    status: 201,
  },

  ticket: { method: 'GET', path: '/tickets/{ticket}', access: 'public', answer: device.ticketViewSchema },
  claim: {
    method: 'POST',
    path: '/tickets/{ticket}/claim',
    access: 'person',
    body: device.claimRequestSchema,
    answer: device.claimSchema,
    status: 201,
  },
  confirm: {
    method: 'POST',
    path: '/tickets/{ticket}/confirm',
    access: 'person',
    body: device.confirmRequestSchema,
    answer: device.boundSchema,
    status: 201,
  },

  /** A person's own devices; an operator gets every device with `?all=true`. */
  devices: { method: 'GET', path: '/devices', access: 'person', answer: z.array(device.deviceSchema) },
  device: { method: 'GET', path: '/devices/{deviceId}', access: 'person', answer: device.deviceDetailSchema },
  changeDevice: {
    method: 'PATCH',
    path: '/devices/{deviceId}',
    access: 'person',
    body: device.deviceChangeSchema,
    answer: device.deviceSchema,
  },
  release: { method: 'DELETE', path: '/devices/{deviceId}/binding', access: 'person', answer: doneSchema },
  ledger: {
    method: 'GET',
    path: '/devices/{deviceId}/ledger',
    access: 'person',
    answer: z.array(device.ledgerEntrySchema),
  },
  command: {
    method: 'POST',
    path: '/devices/{deviceId}/commands',
    access: 'person',
    body: device.commandRequestSchema,
    answer: device.commandSentSchema,
    status: 201,
  },
  /** One reading over a range, in buckets. */
  history: {
    method: 'GET',
    path: '/devices/{deviceId}/history',
    access: 'person',
    query: history.historyQuerySchema,
    answer: history.historySchema,
  },
  deviceEvents: {
    method: 'GET',
    path: '/devices/{deviceId}/events',
    access: 'person',
    query: history.eventsQuerySchema,
    answer: history.deviceEventsSchema,
  },
  /** The ticket of a device, for reprinting: `{ticket, url, spoken}`. */
  deviceTicket: {
    method: 'GET',
    path: '/devices/{deviceId}/ticket',
    access: 'operator',
    answer: z.object({ ticket: z.string(), url: z.string(), spoken: z.string() }),
  },

  /** Neither its secret nor its certificate lets the device in any more; its connection ends. */
  revokeDevice: {
    method: 'POST',
    path: '/devices/{deviceId}/revocation',
    access: 'operator',
    answer: doneSchema,
  },
  /** A new secret, the only thing by which the device gets in from then on; it ends a revocation. */
  reissueDevice: {
    method: 'POST',
    path: '/devices/{deviceId}/secret',
    access: 'operator',
    answer: identity.freshSecretSchema,
    status: 201,
  },
  /** A certificate of the private authority, in the place of an earlier one. */
  certifyDevice: {
    method: 'POST',
    path: '/devices/{deviceId}/certificate',
    access: 'operator',
    body: identity.certificateRequestSchema,
    answer: identity.deviceCertificateSchema,
    status: 201,
  },
  /** A certificate of another authority that the gateway trusts, in the place of an earlier one. */
  registerCertificate: {
    method: 'PUT',
    path: '/devices/{deviceId}/certificate',
    access: 'operator',
    body: identity.certificateSchema,
    answer: identity.registeredCertificateSchema,
  },

  alarms: { method: 'GET', path: '/alarms', access: 'person', answer: z.array(alarm.alarmSchema) },
  alarm: { method: 'GET', path: '/alarms/{alarmId}', access: 'person', answer: alarm.alarmSchema },
  acknowledge: {
    method: 'POST',
    path: '/alarms/{alarmId}/acknowledge',
    access: 'person',
    answer: alarm.alarmSchema,
  },
  reset: { method: 'POST', path: '/alarms/{alarmId}/reset', access: 'person', answer: alarm.alarmSchema },
  /** No repeats for some minutes; the condition goes on, and what is graver is told all the same. */
  shelve: {
    method: 'POST',
    path: '/alarms/{alarmId}/shelve',
    access: 'person',
    body: alarm.shelfSchema,
    answer: alarm.alarmSchema,
  },
  comment: {
    method: 'POST',
    path: '/alarms/{alarmId}/comments',
    access: 'person',
    body: alarm.remarkSchema,
    answer: alarm.alarmSchema,
  },
  /** A rule with the id of one of the product's, tried on what the device has said; nothing is changed. */
  tryRule: {
    method: 'POST',
    path: '/devices/{deviceId}/rule-trials',
    access: 'operator',
    body: alarm.ruleTrialRequestSchema,
    answer: alarm.ruleTrialSchema,
  },
  receipts: {
    method: 'GET',
    path: '/alarms/{alarmId}/receipts',
    access: 'person',
    answer: z.array(alarm.receiptSchema),
  },

  /** Newest first; `?after=COUNTER` gives what came later. */
  notices: { method: 'GET', path: '/notices', access: 'person', answer: z.array(alarm.noticeSchema) },
  webhooks: { method: 'GET', path: '/webhooks', access: 'person', answer: z.array(alarm.webhookSchema) },
  makeWebhook: {
    method: 'POST',
    path: '/webhooks',
    access: 'person',
    body: alarm.webhookRequestSchema,
    answer: alarm.webhookSchema,
    status: 201,
  },
  dropWebhook: { method: 'DELETE', path: '/webhooks/{webhookId}', access: 'person', answer: doneSchema },

  status: { method: 'GET', path: '/status', access: 'operator', answer: alarm.gatewayStatusSchema },
} as const satisfies Record<string, Endpoint>;

/**
 * Not JSON, and therefore beside the table: the live stream (`text/event-stream`, resumable with Last-Event-ID),
 * a camera's last picture (`image/jpeg`), a label (`?format=svg|png`, operators), and the live trace of a device
 * (`text/event-stream`, operators).
 */
export const streams = {
  events: '/events',
  snapshot: '/devices/{deviceId}/snapshot',
  label: '/devices/{deviceId}/label',
  watch: '/devices/{deviceId}/watch',
} as const;

export type EndpointName = keyof typeof endpoints;
export type Answer<N extends EndpointName> = z.output<(typeof endpoints)[N]['answer']>;
export type Body<N extends EndpointName> = (typeof endpoints)[N] extends { body: infer B extends z.ZodType }
  ? z.input<B>
  : undefined;

/** The path of a call with its parameters filled in and escaped. */
export function pathOf(path: string, params: Readonly<Record<string, string>> = {}): string {
  return (
    apiPrefix +
    path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name];
      if (value === undefined) throw new Error(`the path ${path} needs ${name}`);
      return encodeURIComponent(value);
    })
  );
}
