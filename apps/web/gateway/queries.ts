// What the pages ask the gateway for, each with the key that live events find it by.
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.js';
import { codeOf } from './failure.js';

export const keys = {
  session: ['session'],
  homes: ['homes'],
  modePlans: ['mode-plan'],
  modePlan: (homeId: string) => ['mode-plan', homeId],
  devices: ['devices'],
  fleet: ['fleet'],
  details: ['device'],
  device: (id: string) => ['device', id],
  ledgers: ['ledger'],
  ledger: (id: string) => ['ledger', id],
  alarms: ['alarms'],
  alarm: (id: string) => ['alarm', id],
  why: (id: string) => ['why', id],
  deviceWhy: (id: string) => ['device-why', id],
  receipts: (id: string) => ['receipts', id],
  tickets: ['ticket'],
  ticket: (ticket: string) => ['ticket', ticket],
  circles: ['circle'],
  circle: (kind: string, id: string) => ['circle', kind, id],
  shares: ['shares'],
  invitation: (token: string) => ['invitation', token],
  webhooks: ['webhooks'],
  channels: ['channels'],
  endpoints: ['endpoints'],
  contacts: ['contacts'],
  contactsOf: (homeId: string) => ['contacts', homeId],
  preferences: ['preferences'],
  deadNotices: ['dead-notices'],
  push: ['push'],
  unread: ['unread'],
  echo: ['echo'],
  messageLink: (token: string) => ['message-link', token],
  farewell: (token: string) => ['farewell', token],
  products: ['products'],
  status: ['status'],
  past: ['past'],
  operators: ['operators'],
  operatorOffer: (token: string) => ['operator-offer', token],
} as const;

/** Null: nobody is signed in, which is an answer and not a failure. */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    try {
      return await call('currentSession', { signal });
    } catch (fault) {
      if (codeOf(fault) === 'not-signed-in') return null;
      throw fault;
    }
  },
});

/**
 * Who is signed in as far as a page has asked already. For what stands around every page: where it does not matter,
 * the gateway is not asked either, and does not have to refuse an answer.
 */
export const knownSessionQuery = queryOptions({ ...sessionQuery, enabled: false });

const againMs = 2_000;

/** Asked again until there is a certificate. */
export const farewellQuery = (token: string) =>
  queryOptions({
    queryKey: keys.farewell(token),
    queryFn: ({ signal }) => call('farewell', { params: { token }, signal }),
    refetchInterval: ({ state }) => (state.data?.certificate ? false : againMs),
  });

export const homesQuery = queryOptions({
  queryKey: keys.homes,
  queryFn: ({ signal }) => call('homes', { signal }),
});

export const modePlanQuery = (homeId: string) =>
  queryOptions({
    queryKey: keys.modePlan(homeId),
    queryFn: ({ signal }) => call('modePlan', { params: { homeId }, signal }),
  });

export const devicesQuery = queryOptions({
  queryKey: keys.devices,
  queryFn: ({ signal }) => call('devices', { signal }),
});

export const fleetQuery = queryOptions({
  queryKey: keys.fleet,
  queryFn: ({ signal }) => call('devices', { query: { all: 'true' }, signal }),
});

export const deviceQuery = (deviceId: string) =>
  queryOptions({
    queryKey: keys.device(deviceId),
    queryFn: ({ signal }) => call('device', { params: { deviceId }, signal }),
  });

export const ledgerQuery = (deviceId: string) =>
  queryOptions({
    queryKey: keys.ledger(deviceId),
    queryFn: ({ signal }) => call('ledger', { params: { deviceId }, signal }),
  });

export const alarmsQuery = queryOptions({
  queryKey: keys.alarms,
  queryFn: ({ signal }) => call('alarms', { signal }),
});

export const alarmQuery = (alarmId: string) =>
  queryOptions({
    queryKey: keys.alarm(alarmId),
    queryFn: ({ signal }) => call('alarm', { params: { alarmId }, signal }),
  });

export const whyQuery = (alarmId: string) =>
  queryOptions({
    queryKey: keys.why(alarmId),
    queryFn: ({ signal }) => call('why', { params: { alarmId }, signal }),
  });

/** What the rules find changes with every word and every minute. */
export const deviceWhyQuery = (deviceId: string) =>
  queryOptions({
    queryKey: keys.deviceWhy(deviceId),
    queryFn: ({ signal }) => call('deviceWhy', { params: { deviceId }, signal }),
    refetchInterval: 10_000,
    gcTime: 0,
  });

export const receiptsQuery = (alarmId: string) =>
  queryOptions({
    queryKey: keys.receipts(alarmId),
    queryFn: ({ signal }) => call('receipts', { params: { alarmId }, signal }),
  });

export const ticketQuery = (ticket: string) =>
  queryOptions({
    queryKey: keys.ticket(ticket),
    queryFn: ({ signal }) => call('ticket', { params: { ticket }, signal }),
  });

export const webhooksQuery = queryOptions({
  queryKey: keys.webhooks,
  queryFn: ({ signal }) => call('webhooks', { signal }),
});

export const channelsQuery = queryOptions({
  queryKey: keys.channels,
  queryFn: ({ signal }) => call('channels', { signal }),
});

export const endpointsQuery = queryOptions({
  queryKey: keys.endpoints,
  queryFn: ({ signal }) => call('endpoints', { signal }),
});

export const contactsQuery = (homeId: string) =>
  queryOptions({
    queryKey: keys.contactsOf(homeId),
    queryFn: ({ signal }) => call('contacts', { params: { homeId }, signal }),
  });

export const preferencesQuery = queryOptions({
  queryKey: keys.preferences,
  queryFn: ({ signal }) => call('preferences', { signal }),
});

export const deadNoticesQuery = queryOptions({
  queryKey: keys.deadNotices,
  queryFn: ({ signal }) => call('deadNotices', { signal }),
  refetchInterval: 30_000,
});

export const unreadQuery = queryOptions({
  queryKey: keys.unread,
  queryFn: ({ signal }) => call('unread', { signal }),
});

/** An erasure is done after a while, and nobody says when. */
export const pastQuery = queryOptions({
  queryKey: keys.past,
  queryFn: ({ signal }) => call('past', { signal }),
  refetchInterval: ({ state: { data = [] } }) =>
    data.some(({ erasure }) => erasure?.erasedAt === null) ? 2_000 : false,
});

export const messageLinkQuery = (token: string) =>
  queryOptions({
    queryKey: keys.messageLink(token),
    queryFn: ({ signal }) => call('messageLink', { params: { token }, signal }),
    retry: false,
  });

export const productsQuery = queryOptions({
  queryKey: keys.products,
  queryFn: ({ signal }) => call('products', { signal }),
});

export const statusQuery = queryOptions({
  queryKey: keys.status,
  queryFn: ({ signal }) => call('status', { signal }),
  refetchInterval: 5_000,
});
