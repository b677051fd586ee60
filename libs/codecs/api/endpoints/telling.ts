// The calls about how a person is told, that they have seen it, and what could not be delivered.
import { z } from 'zod';
import * as telling from '../telling.js';
import { doneSchema } from '../text.js';
import type { Endpoint } from './endpoint.js';

export const tellingCalls = {
  preferences: {
    method: 'GET',
    path: '/preferences',
    access: 'person',
    needs: 'self',
    answer: telling.preferencesSchema,
  },
  changePreferences: {
    method: 'PUT',
    path: '/preferences',
    access: 'person',
    needs: 'self',
    body: telling.preferencesSchema,
    answer: telling.preferencesSchema,
  },
  /** The person has opened it: all they were told of it so far counts as seen. It acknowledges nothing. */
  seeAlarm: {
    method: 'POST',
    path: '/alarms/{alarmId}/seen',
    access: 'person',
    needs: { alarm: 'alarms' },
    answer: doneSchema,
  },
  /** The newest 200 that were refused or given up. */
  deadNotices: {
    method: 'GET',
    path: '/dead-notices',
    access: 'operator',
    answer: z.array(telling.deadNoticeSchema),
  },
  /** Sends them once more, under the same ids. */
  replayNotices: {
    method: 'POST',
    path: '/dead-notices/replays',
    access: 'operator',
    body: telling.replayRequestSchema,
    answer: telling.replayedSchema,
  },
} as const satisfies Record<string, Endpoint>;
