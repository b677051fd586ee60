// Holds what a live event does to what is on screen, also when an older answer is still under way.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { type AlarmView, type DeviceView, rightSchema } from '#codecs/api';
import { Failure } from './failure.js';
import { applyLiveEvent, readLiveEvent, refreshAll } from './live-cache.js';
import { keys } from './queries.js';

const kitchen: DeviceView = {
  id: 'd1',
  name: 'Kitchen',
  serial: 'S1',
  product: { id: 'gas-1', name: { zh: '燃气', en: 'Gas' }, icon: 'gas' },
  state: 'bound',
  epoch: 1,
  homeId: 'h1',
  roomId: null,
  parentId: null,
  presence: { state: 'online', lastHeardAt: 1 },
  latest: null,
  firmware: null,
  power: 'mains',
  intervalS: 10,
  openAlarms: 0,
  snapshotAt: null,
  standing: { as: 'owner', may: rightSchema.options },
};

const leak: AlarmView = {
  id: 'a1',
  deviceId: 'd1',
  deviceName: 'Kitchen',
  rule: 'gas',
  kind: 'gas',
  class: 'L',
  isDrill: false,
  severity: 'critical',
  state: 'raised',
  title: { zh: '燃气泄漏', en: 'Gas leak' },
  advice: { zh: '撤离', en: 'Leave' },
  value: 12,
  unit: '%LEL',
  raisedAt: 1,
  occurredAt: 1,
  acknowledgedAt: null,
  acknowledgedBy: null,
  calmAt: null,
  clearedAt: null,
  endReason: null,
  standing: { as: 'owner', may: rightSchema.options },
  timeline: [],
};

const isStale = (cache: QueryClient, key: readonly string[]) => cache.getQueryState(key)?.isInvalidated;

let cache: QueryClient;
beforeEach(() => {
  cache = new QueryClient();
});

describe('reading a live event', () => {
  it('takes what has the form of the contract', () => {
    expect(readLiveEvent('alarm', JSON.stringify(leak))).toEqual({ name: 'alarm', data: leak });
    expect(readLiveEvent('device', JSON.stringify(kitchen))).toEqual({ name: 'device', data: kitchen });
    expect(readLiveEvent('devices', '{}')).toEqual({ name: 'devices' });
    expect(readLiveEvent('window', '{"deviceId":"d1","until":9}')).toEqual({ name: 'window' });
  });

  it.each([
    ['alarm', '{"id":"a1"}'],
    ['notice', '{}'],
    ['device', 'not JSON'],
    ['window', '[]'],
    ['devices', 'null'],
  ] as const)('passes over %s with %s', (name, text) => {
    expect(readLiveEvent(name, text)).toBeNull();
  });
});

describe('a live alarm', () => {
  it('stands in the list at once, and changes in place afterwards', () => {
    cache.setQueryData(keys.alarms, []);
    applyLiveEvent(cache, { name: 'alarm', data: leak });
    const seen: AlarmView = { ...leak, state: 'acknowledged' };
    applyLiveEvent(cache, { name: 'alarm', data: seen });
    expect(cache.getQueryData(keys.alarms)).toEqual([seen]);
    expect(cache.getQueryData(keys.alarm('a1'))).toEqual(seen);
  });

  it('does not pretend to be the whole list before the list was asked for', () => {
    applyLiveEvent(cache, { name: 'alarm', data: leak });
    expect(cache.getQueryData(keys.alarms)).toBeUndefined();
  });

  it('is not undone by an answer that was under way when it came', async () => {
    const releases: ((alarms: AlarmView[]) => void)[] = [];
    const list = new QueryObserver<AlarmView[]>(cache, {
      queryKey: keys.alarms,
      queryFn: () => new Promise(resolve => releases.push(resolve)),
    });
    const settled = new Promise<AlarmView[]>(resolve => {
      list.subscribe(({ data, fetchStatus }) => {
        if (data && fetchStatus === 'idle') resolve(data);
      });
    });
    applyLiveEvent(cache, { name: 'alarm', data: leak });
    const [beforeIt, afterIt] = releases;
    beforeIt?.([]);
    afterIt?.([leak]);
    expect(await settled).toEqual([leak]);
    list.destroy();
  });
});

describe('a live device', () => {
  it('changes in every list that has it, and keeps the product on its own page', () => {
    const productPage = { id: 'gas-1' };
    cache.setQueryData(keys.devices, [kitchen]);
    cache.setQueryData(keys.fleet, [{ ...kitchen, id: 'd0' }, kitchen]);
    cache.setQueryData(keys.device('d1'), { ...kitchen, productPage });
    const louder: DeviceView = { ...kitchen, openAlarms: 1 };
    applyLiveEvent(cache, { name: 'device', data: louder });
    expect(cache.getQueryData(keys.devices)).toEqual([louder]);
    expect(cache.getQueryData(keys.fleet)).toEqual([{ ...kitchen, id: 'd0' }, louder]);
    expect(cache.getQueryData(keys.device('d1'))).toEqual({ ...louder, productPage });
  });

  it('never joins the list of my devices by itself', () => {
    cache.setQueryData(keys.devices, []);
    applyLiveEvent(cache, { name: 'device', data: kitchen });
    expect(cache.getQueryData(keys.devices)).toEqual([]);
  });
});

describe('the other live events', () => {
  it('devices: the lists are asked for again, and so is the ticket that was scanned', () => {
    for (const key of [keys.devices, keys.alarms, keys.ticket('T')]) cache.setQueryData(key, []);
    applyLiveEvent(cache, { name: 'devices' });
    expect([keys.devices, keys.alarms, keys.ticket('T')].map(key => isStale(cache, key))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('window: the ticket that was scanned is asked for again, and nothing else', () => {
    for (const key of [keys.devices, keys.ticket('T')]) cache.setQueryData(key, []);
    applyLiveEvent(cache, { name: 'window' });
    expect(isStale(cache, keys.ticket('T'))).toBe(true);
    expect(isStale(cache, keys.devices)).toBe(false);
  });
});

describe('after the stream was cut', () => {
  it('everything is asked for again, except who is signed in', () => {
    for (const key of [keys.session, keys.devices, keys.alarm('a1')]) cache.setQueryData(key, {});
    refreshAll(cache);
    expect(isStale(cache, keys.devices)).toBe(true);
    expect(isStale(cache, keys.alarm('a1'))).toBe(true);
    expect(isStale(cache, keys.session)).toBe(false);
  });

  it.each([
    ['not-our-code', 1],
    ['gateway-unreachable', 2],
  ] as const)('a call that failed with %s was made %i times in all', async (code, times) => {
    let calls = 0;
    const queryFn = () => {
      calls += 1;
      return Promise.reject(new Failure(code));
    };
    const observer = new QueryObserver(cache, { queryKey: keys.ticket('T1'), queryFn, retry: false });
    const failed = new Promise<void>(resolve => {
      observer.subscribe(({ isError, isFetching }) => isError && !isFetching && resolve());
    });
    await failed;
    refreshAll(cache);
    expect(calls).toBe(times);
    observer.destroy();
  });
});
