// What every ApplicationStore promises beyond its rows: whom it removes leaves nothing with the broker.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrokerChange } from '#domain/intake';
import type { Stores } from '../index.js';
import { batchOf, noon } from './samples.contract.js';

const rules = { subscribe: ['v1/devices/+/telemetry'], publish: [] };
const copy = {
  packetId: 1,
  place: 1,
  topic: 'v1/devices/d1-1/telemetry',
  payload: new Uint8Array([1]),
  qos: 1,
  retain: false,
  state: 'waiting',
} as const;

export function applicationStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`ApplicationStore on ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    const keep = (broker: readonly BrokerChange[]) => stores.intake.commit(batchOf({ broker }));
    const session = (clientId: string) =>
      ({ kind: 'keep-session', clientId, seenAt: noon, sentThrough: 0 }) as const;

    /** Of a session that begins now: how much of an earlier one it would find. */
    async function found(clientId: string): Promise<number> {
      await keep([session(clientId)]);
      const { sessions } = await stores.intake.brokerMemory();
      const anew = sessions.find(each => each.clientId === clientId);
      return [anew?.subscriptions, anew?.queued, anew?.receivedOnce].flat().length;
    }

    it('removes an application with all that the broker keeps for its clients, and nothing of others', async () => {
      for (const id of ['log', 'logs'])
        await stores.applications.insert({ id, secretHash: id, rules, createdAt: noon });
      const theirs = ['app:log', 'app:log/100%_sure'];
      const others = ['app:logs', 'app:logs/log', 'log'];
      await keep(
        [...theirs, ...others].flatMap((clientId): BrokerChange[] => [
          session(clientId),
          { kind: 'subscribe', clientId, filter: 'v1/devices/+/telemetry', qos: 1 },
          { kind: 'queue', clientId, ...copy },
          { kind: 'receive-once', clientId, packetId: 1 },
        ]),
      );
      expect(await stores.applications.remove('log')).toBe(true);
      expect(await stores.applications.remove('log')).toBe(false);
      for (const clientId of theirs) expect(await found(clientId)).toBe(0);
      for (const clientId of others) expect(await found(clientId)).toBe(3);
    });
  });
}
