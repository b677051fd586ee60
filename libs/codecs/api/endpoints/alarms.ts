// The calls about alarms, the messages about them, and how the gateway is.
import { z } from 'zod';
import * as alarm from '../alarm.js';
import * as deviceWhy from '../device-why.js';
import * as figures from '../figures.js';
import { doneSchema } from '../text.js';
import * as why from '../why.js';
import type { Endpoint } from './endpoint.js';

export const alarms = {
  alarms: {
    method: 'GET',
    path: '/alarms',
    access: 'person',
    needs: 'self',
    answer: z.array(alarm.alarmSchema),
  },
  alarm: {
    method: 'GET',
    path: '/alarms/{alarmId}',
    access: 'person',
    needs: { alarm: 'alarms' },
    answer: alarm.alarmSchema,
  },
  /** From the packet to the receipt, and what kept a message back. An operator may ask for another account. */
  why: {
    method: 'GET',
    path: '/alarms/{alarmId}/why',
    access: 'person',
    needs: { alarm: 'alarms' },
    query: z.object({ account: z.string().max(64).optional() }),
    answer: why.whySchema,
  },
  acknowledge: {
    method: 'POST',
    path: '/alarms/{alarmId}/acknowledge',
    access: 'person',
    needs: { alarm: 'alarms' },
    answer: alarm.alarmSchema,
  },
  reset: {
    method: 'POST',
    path: '/alarms/{alarmId}/reset',
    access: 'person',
    needs: { alarm: 'settle' },
    answer: alarm.alarmSchema,
  },
  /** No repeats for some minutes; the condition goes on, and what is graver is told all the same. */
  shelve: {
    method: 'POST',
    path: '/alarms/{alarmId}/shelve',
    access: 'person',
    needs: { alarm: 'settle' },
    body: alarm.shelfSchema,
    answer: alarm.alarmSchema,
  },
  comment: {
    method: 'POST',
    path: '/alarms/{alarmId}/comments',
    access: 'person',
    needs: { alarm: 'alarms' },
    body: alarm.remarkSchema,
    answer: alarm.alarmSchema,
  },
  /** Why there is no alarm at all: what each rule makes of the last readings, and who would be told. */
  deviceWhy: {
    method: 'GET',
    path: '/devices/{deviceId}/why',
    access: 'person',
    needs: { device: 'alarms' },
    answer: deviceWhy.deviceWhySchema,
  },
  /** The rules of a device, with what of them is its own. */
  deviceRules: {
    method: 'GET',
    path: '/devices/{deviceId}/rules',
    access: 'operator',
    answer: figures.deviceRulesSchema,
  },
  /** Within the bounds of the rule and of the product's region. */
  changeDeviceRule: {
    method: 'PATCH',
    path: '/devices/{deviceId}/rules/{ruleId}',
    access: 'operator',
    body: figures.figuresChangeSchema,
    answer: figures.deviceRulesSchema,
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
    needs: { alarm: 'alarms' },
    answer: z.array(alarm.receiptSchema),
  },

  /** Newest first; `?after=COUNTER` gives what came later. */
  notices: {
    method: 'GET',
    path: '/notices',
    access: 'person',
    needs: 'self',
    answer: z.array(alarm.noticeSchema),
  },
  unread: {
    method: 'GET',
    path: '/notices/unread',
    access: 'person',
    needs: 'self',
    answer: alarm.unreadSchema,
  },
  /** Everything up to this counter was seen; a mark never goes back. */
  markRead: {
    method: 'POST',
    path: '/notices/read',
    access: 'person',
    needs: 'self',
    body: alarm.readMarkSchema,
    answer: alarm.unreadSchema,
  },
  webhooks: {
    method: 'GET',
    path: '/webhooks',
    access: 'person',
    needs: 'self',
    answer: z.array(alarm.webhookSchema),
  },
  makeWebhook: {
    method: 'POST',
    path: '/webhooks',
    access: 'person',
    needs: 'self',
    body: alarm.webhookRequestSchema,
    answer: alarm.webhookSchema,
    status: 201,
  },
  dropWebhook: {
    method: 'DELETE',
    path: '/webhooks/{webhookId}',
    access: 'person',
    needs: 'self',
    answer: doneSchema,
  },

  status: { method: 'GET', path: '/status', access: 'operator', answer: alarm.gatewayStatusSchema },
} as const satisfies Record<string, Endpoint>;
