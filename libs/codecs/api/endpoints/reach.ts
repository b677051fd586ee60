// The calls about how people are reached: their endpoints, the contacts of their homes, and the links in messages.
import { z } from 'zod';
import * as channel from '../channel.js';
import { doneSchema } from '../text.js';
import type { Endpoint } from './endpoint.js';

export const reach = {
  channels: {
    method: 'GET',
    path: '/channels',
    access: 'person',
    needs: 'self',
    answer: z.array(channel.channelSchema),
  },
  endpoints: {
    method: 'GET',
    path: '/endpoints',
    access: 'person',
    needs: 'self',
    answer: z.array(channel.endpointSchema),
  },
  addEndpoint: {
    method: 'POST',
    path: '/endpoints',
    access: 'person',
    needs: 'self',
    body: channel.endpointRequestSchema,
    answer: channel.endpointSchema,
    status: 201,
  },
  changeEndpoint: {
    method: 'PATCH',
    path: '/endpoints/{endpointId}',
    access: 'person',
    needs: 'self',
    body: channel.endpointChangeSchema,
    answer: channel.endpointSchema,
  },
  /** Sends a test message now, and answers when its provider has. */
  testEndpoint: {
    method: 'POST',
    path: '/endpoints/{endpointId}/tests',
    access: 'person',
    needs: 'self',
    answer: channel.endpointSchema,
  },
  /** Sends the message with the link once more. */
  askConfirmation: {
    method: 'POST',
    path: '/endpoints/{endpointId}/confirmation',
    access: 'person',
    needs: 'self',
    answer: channel.endpointSchema,
  },
  dropEndpoint: {
    method: 'DELETE',
    path: '/endpoints/{endpointId}',
    access: 'person',
    needs: 'self',
    answer: doneSchema,
  },

  /** Comes back as `echo` on the live stream of every page of this person. */
  echo: {
    method: 'POST',
    path: '/echoes',
    access: 'person',
    needs: 'self',
    body: channel.echoSchema,
    answer: doneSchema,
  },

  contacts: {
    method: 'GET',
    path: '/homes/{homeId}/contacts',
    access: 'person',
    needs: { home: 'own' },
    answer: z.array(channel.contactSchema),
  },
  addContact: {
    method: 'POST',
    path: '/homes/{homeId}/contacts',
    access: 'person',
    needs: { home: 'own' },
    body: channel.contactRequestSchema,
    answer: channel.contactSchema,
    status: 201,
  },
  dropContact: {
    method: 'DELETE',
    path: '/homes/{homeId}/contacts/{contactId}',
    access: 'person',
    needs: { home: 'own' },
    answer: doneSchema,
  },

  /** Shows what the link of a message would do. Mail scanners and previews follow links: a GET does nothing. */
  messageLink: {
    method: 'GET',
    path: '/message-links/{token}',
    access: 'public',
    answer: channel.messageLinkSchema,
  },
  followMessageLink: {
    method: 'POST',
    path: '/message-links/{token}',
    access: 'public',
    answer: channel.messageLinkSchema,
  },
} as const satisfies Record<string, Endpoint>;
