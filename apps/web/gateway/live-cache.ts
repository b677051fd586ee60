// Live events put into the cache, so that every page shows them at once.
import type { Query, QueryClient, QueryFilters } from '@tanstack/react-query';
import {
  type AlarmView,
  type DeviceDetailView,
  type DeviceView,
  type ErrorCode,
  liveEvents,
  type NoticeView,
  type UnreadView,
} from '#codecs/api';
import { codeOf } from './failure.js';
import { keys } from './queries.js';

export type LiveEvent =
  | { readonly name: 'notice'; readonly data: NoticeView }
  | { readonly name: 'alarm'; readonly data: AlarmView }
  | { readonly name: 'device'; readonly data: DeviceView }
  | { readonly name: 'devices' }
  | { readonly name: 'endpoints' }
  | { readonly name: 'unread'; readonly data: UnreadView }
  | { readonly name: 'echo'; readonly data: { readonly id: string } }
  | { readonly name: 'window' };

export type LiveEventName = keyof typeof liveEvents;
export const liveEventNames = Object.keys(liveEvents) as readonly LiveEventName[];

/** What changes when a person gains or loses a device, is an operator from now on, or somebody else is let in. */
const belongings = [
  keys.session,
  keys.devices,
  keys.details,
  keys.homes,
  keys.modePlans,
  keys.alarms,
  keys.fleet,
  keys.ledgers,
  keys.tickets,
  keys.circles,
  keys.shares,
];

/** Null when the data does not have the form that the contract gives it: better unseen than wrong. */
export function readLiveEvent(name: LiveEventName, text: string): LiveEvent | null {
  const json = parse(text);
  switch (name) {
    case 'notice': {
      const { data } = liveEvents.notice.safeParse(json);
      return data ? { name, data } : null;
    }
    case 'alarm': {
      const { data } = liveEvents.alarm.safeParse(json);
      return data ? { name, data } : null;
    }
    case 'device': {
      const { data } = liveEvents.device.safeParse(json);
      return data ? { name, data } : null;
    }
    case 'unread': {
      const { data } = liveEvents.unread.safeParse(json);
      return data ? { name, data } : null;
    }
    case 'echo': {
      const { data } = liveEvents.echo.safeParse(json);
      return data ? { name, data } : null;
    }
    case 'devices':
    case 'endpoints':
    case 'window':
      return liveEvents[name].safeParse(json).success ? { name } : null;
    default:
      return name satisfies never;
  }
}

export function applyLiveEvent(cache: QueryClient, event: LiveEvent): void {
  switch (event.name) {
    case 'notice':
      again(cache, { queryKey: keys.unread });
      if (event.data.alarmId !== null) again(cache, { queryKey: keys.receipts(event.data.alarmId) });
      break;
    case 'alarm':
      applyAlarm(cache, event.data);
      break;
    case 'device':
      applyDevice(cache, event.data);
      break;
    case 'devices':
      for (const queryKey of belongings) again(cache, { queryKey });
      break;
    case 'unread':
      cache.setQueryData(keys.unread, event.data);
      break;
    case 'echo':
      cache.setQueryData(keys.echo, { id: event.data.id, heardAt: performance.now() });
      break;
    case 'endpoints':
      for (const queryKey of [keys.endpoints, keys.contacts, keys.webhooks]) again(cache, { queryKey });
      break;
    case 'window':
      again(cache, { queryKey: keys.tickets });
      break;
    default:
      event satisfies never;
  }
}

/** What was missed cannot be known: ask for everything that is on screen. A refusal stands, and is no news. */
export function refreshAll(cache: QueryClient): void {
  again(cache, { predicate: query => query.queryKey[0] !== keys.session[0] && !isRefused(query) });
}

const passing: ReadonlySet<ErrorCode> = new Set(['gateway-unreachable', 'storage-unavailable', 'internal']);

function isRefused({ state: { data, error } }: Query): boolean {
  return data === undefined && error !== null && !passing.has(codeOf(error));
}

function applyAlarm(cache: QueryClient, alarm: AlarmView): void {
  cache.setQueryData<AlarmView[]>(keys.alarms, alarms => alarms && withItem(alarms, alarm));
  cache.setQueryData<AlarmView>(keys.alarm(alarm.id), alarm);
  again(cache, { queryKey: keys.receipts(alarm.id) });
  again(cache, { queryKey: keys.why(alarm.id) });
  againIfAsking(cache, keys.alarms);
}

function applyDevice(cache: QueryClient, device: DeviceView): void {
  for (const key of [keys.devices, keys.fleet]) {
    // Only a device that is already in the list: which devices are whose is told by `devices`.
    cache.setQueryData<DeviceView[]>(key, devices =>
      devices?.map(known => (known.id === device.id ? device : known)),
    );
    againIfAsking(cache, key);
  }
  cache.setQueryData<DeviceDetailView>(keys.device(device.id), detail => detail && { ...detail, ...device });
  againIfAsking(cache, keys.device(device.id));
}

function withItem<T extends { readonly id: string }>(items: readonly T[], item: T): T[] {
  const known = items.some(candidate => candidate.id === item.id);
  return known ? items.map(old => (old.id === item.id ? item : old)) : [item, ...items];
}

/** An answer that is under way may be older than what we just heard: it is dropped, not waited for. */
function again(cache: QueryClient, filter: QueryFilters): void {
  void cache.cancelQueries(filter);
  void cache.invalidateQueries(filter);
}

function againIfAsking(cache: QueryClient, queryKey: readonly string[]): void {
  if (cache.isFetching({ queryKey }) > 0) again(cache, { queryKey });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
