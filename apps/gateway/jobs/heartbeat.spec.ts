// The heartbeat, against a real listener: it beats while alarms can be taken in and passed on, and stops when they cannot.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { IntakeStore } from '#domain/intake';
import { Channels, Dispatcher, EndpointStore, OutboxStore, type Receipt } from '#domain/notices';
import {
  batchOf,
  deliveryOf,
  endpointOf,
  noticeOf,
} from '../../../libs/adapters/storage/contracts/samples.contract.js';
import { resident, startTestGateway, type TestGateway } from '../gateway.fixture.js';
import { Heartbeat } from './heartbeat.js';

describe('the heartbeat', () => {
  let listener: Server;
  let gateway: TestGateway;
  let beats: number;

  beforeEach(async () => {
    beats = 0;
    listener = createServer((_, response) => {
      beats++;
      response.end();
    });
    await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve));
  });

  /** @param everyS by itself; an hour where each beat is to be the test's own */
  async function open(everyS = 3_600): Promise<void> {
    const { port } = listener.address() as AddressInfo;
    gateway = await startTestGateway({
      HEARTBEAT_URL: `http://127.0.0.1:${port}/ping-4711`,
      HEARTBEAT_S: String(everyS),
    });
  }

  afterEach(async () => {
    jest.restoreAllMocks();
    await gateway.close();
    await new Promise(resolve => listener.close(resolve));
  });

  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise(setImmediate);
  };

  const missed = () => gateway.log.filter(line => line.includes('heartbeat-missed'));

  it('beats again and again while everything works', async () => {
    await open(1);
    await until(() => beats >= 2);
    expect(missed()).toEqual([]);
  });

  it('stops while the store is frozen, and goes on when it is not', async () => {
    await open();
    const heartbeat = gateway.app.get(Heartbeat);
    let thaw = () => {};
    const frozen = new Promise<boolean>(resolve => {
      thaw = () => resolve(true);
    });
    jest.spyOn(gateway.app.get(IntakeStore), 'isHealthy').mockReturnValue(frozen);
    await heartbeat.beat();
    expect(beats).toBe(0);
    expect(missed().length).toBeGreaterThan(0);
    expect(missed().join()).not.toContain('ping-4711');
    thaw();
    jest.restoreAllMocks();
    await heartbeat.beat();
    expect(beats).toBe(1);
  });

  it('stops while the dispatcher does not come back from the outbox', async () => {
    await open();
    const heartbeat = gateway.app.get(Heartbeat);
    const outbox = gateway.app.get(OutboxStore);
    let release = () => {};
    jest.spyOn(outbox, 'lease').mockReturnValue(
      new Promise(resolve => {
        release = () => resolve([]);
      }),
    );
    await heartbeat.beat();
    expect(beats).toBe(0);
    release();
    jest.restoreAllMocks();
    await heartbeat.beat();
    expect(beats).toBe(1);
  });

  it('stops while an attempt hangs for longer than any may', async () => {
    await open();
    let answer: (receipt: Receipt) => void = () => {};
    jest.spyOn(gateway.app.get(Channels), 'deliver').mockReturnValue(
      new Promise(resolve => {
        answer = resolve;
      }),
    );
    const { account } = await (await resident(gateway)).call('currentSession');
    const endpoint = endpointOf(account.id);
    await gateway.app.get(EndpointStore).insert(endpoint);
    const notice = noticeOf(account.id, { createdAt: Date.now() });
    await gateway.app
      .get(IntakeStore)
      .commit(batchOf({ notices: [notice], deliveries: [deliveryOf(notice, endpoint, 0)] }));
    const dispatcher = gateway.app.get(Dispatcher);
    await until(() => dispatcher.underWayNow === 1);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
    await expect(dispatcher.probe()).rejects.toThrow('does not end');
    clock.mockRestore();
    answer({ outcome: 'accepted', detail: '200' });
    await until(() => dispatcher.underWayNow === 0);
    await dispatcher.probe();
  });
});
