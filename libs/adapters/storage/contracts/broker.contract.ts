// What every IntakeStore promises of the broker's memory: it comes back as the changes left it, however they fell into batches.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Remains } from '#domain/devices';
import type { BrokerChange, BrokerMemory, KeptSession, QueuedMessage, RetainedMessage } from '#domain/intake';
import type { Stores } from '../index.js';
import { batchOf, noon } from './samples.contract.js';

const payload = new Uint8Array([0, 123, 255]);

export function brokerContract(name: string, open: () => Promise<Stores>): void {
  describe(`IntakeStore on ${name}: the broker's memory`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    it('is empty at first', async () => {
      expect(await stores.intake.brokerMemory()).toEqual({ sessions: [], retained: [] });
    });

    it('has a session with all that belongs to it, until it ends', async () => {
      const queued = message('alpha', 65_535, { place: 2 ** 40, qos: 2, retain: true });
      const session = { clientId: 'alpha', seenAt: noon, sentThrough: 2 ** 40 };
      await keep(
        { kind: 'keep-session', ...session },
        { kind: 'subscribe', clientId: 'alpha', filter: 'a/+/燃气', qos: 1 },
        { kind: 'queue', ...queued },
        { kind: 'receive-once', clientId: 'alpha', packetId: 7 },
      );
      expect((await memory()).sessions).toEqual([
        { ...session, subscriptions: [{ filter: 'a/+/燃气', qos: 1 }], queued: [queued], receivedOnce: [7] },
      ]);
      await keep({ kind: 'end-session', clientId: 'alpha' });
      await keep({ kind: 'keep-session', ...session });
      expect((await memory()).sessions).toEqual([
        { ...session, subscriptions: [], queued: [], receivedOnce: [] },
      ]);
    });

    it('gives the queue of a session in the order of places, whatever the packet identifiers are', async () => {
      const places = [3, 1, 2].map(place => message('beta', 10 - place, { place }));
      await keep(
        { kind: 'keep-session', clientId: 'beta', seenAt: noon, sentThrough: 0 },
        ...places.map(queued => ({ kind: 'queue', ...queued }) as const),
      );
      const session = (await memory()).sessions.find(({ clientId }) => clientId === 'beta');
      expect(session?.queued.map(({ place }) => place)).toEqual([1, 2, 3]);
    });

    it('leaves nothing of a batch that is stale', async () => {
      const before = await memory();
      const device = { deviceId: 'nobody', version: 9 } as const;
      const stale = batchOf({
        deviceStates: [
          {
            ...device,
            epoch: 0,
            lastHeardAt: null,
            latestAt: null,
            values: {},
            bits: {},
            info: null,
            snapshotAt: null,
          },
        ],
        broker: [{ kind: 'retain', topic: 'stale', payload, qos: 1 }],
      });
      expect(await stores.intake.commit(stale)).toMatchObject({ ok: false });
      expect(await memory()).toEqual(before);
    });

    it('does not bring back what was taken away earlier in the batch', async () => {
      await keep(
        { kind: 'keep-session', clientId: 'gamma', seenAt: noon, sentThrough: 0 },
        { kind: 'queue', ...message('gamma', 3, { qos: 2 }) },
      );
      await keep(
        { kind: 'dequeue', clientId: 'gamma', packetId: 3 },
        { kind: 'release', clientId: 'gamma', packetId: 3 },
      );
      const session = (await memory()).sessions.find(({ clientId }) => clientId === 'gamma');
      expect(session?.queued).toEqual([]);
    });

    it('is what the changes make of it one by one, in any batches', async () => {
      const known = await memory();
      await keep(
        ...known.sessions.map(({ clientId }) => ({ kind: 'end-session', clientId }) as const),
        ...known.retained.map(({ topic }) => ({ kind: 'unretain', topic }) as const),
      );
      const model = new Model();
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(change, { maxLength: 12 }), { maxLength: 4 }), async batches => {
          for (const batch of batches) {
            for (const one of batch) model.apply(one);
            await keep(...batch);
          }
          expect(await memory()).toEqual(model.memory());
        }),
        { numRuns: 60 },
      );
    });

    async function keep(...broker: BrokerChange[]): Promise<void> {
      expect(await stores.intake.commit(batchOf({ broker }))).toMatchObject({ ok: true });
    }

    /** In an order that can be compared. */
    async function memory(): Promise<BrokerMemory> {
      return sorted(await stores.intake.brokerMemory());
    }
  });
}

function message(clientId: string, packetId: number, change: Partial<QueuedMessage> = {}): QueuedMessage {
  const usual = { place: 1, topic: 'a/b', payload, qos: 1, retain: false, state: 'waiting' } as const;
  return { clientId, packetId, ...usual, ...change };
}

const clientId = fc.constantFrom('a', 'b');
const packetId = fc.integer({ min: 1, max: 3 });
const topic = fc.constantFrom('t', 't/u');
const qos = fc.constantFrom(0, 1, 2);
let place = 0;
const change: fc.Arbitrary<BrokerChange> = fc.oneof(
  fc.record({ kind: fc.constant('retain' as const), topic, payload: fc.uint8Array({ maxLength: 3 }), qos }),
  fc.record({ kind: fc.constant('unretain' as const), topic }),
  fc.record({
    kind: fc.constant('forget' as const),
    topics: fc.uniqueArray(topic),
    clientIds: fc.uniqueArray(clientId),
  }),
  fc.record({
    kind: fc.constant('keep-session' as const),
    clientId,
    seenAt: fc.nat(),
    sentThrough: fc.nat(),
  }),
  fc.record({ kind: fc.constant('end-session' as const), clientId }),
  fc.record({ kind: fc.constant('subscribe' as const), clientId, filter: topic, qos }),
  fc.record({ kind: fc.constant('unsubscribe' as const), clientId, filter: topic }),
  fc
    .tuple(clientId, packetId, topic, fc.constantFrom(1, 2), fc.boolean())
    .map(([id, packet, on, level, retain]) => {
      place += 1;
      return { kind: 'queue' as const, ...message(id, packet, { place, topic: on, qos: level, retain }) };
    }),
  fc.record({ kind: fc.constantFrom('dequeue' as const, 'release' as const), clientId, packetId }),
  fc.record({ kind: fc.constantFrom('receive-once' as const, 'forget-once' as const), clientId, packetId }),
);

type Row = { readonly clientId: string };

/** Each change as it reads, on plain lists. */
class Model {
  private sessions: Pick<KeptSession, 'clientId' | 'seenAt' | 'sentThrough'>[] = [];
  private subscriptions: { clientId: string; filter: string; qos: 0 | 1 | 2 }[] = [];
  private queue: QueuedMessage[] = [];
  private once: { clientId: string; packetId: number }[] = [];
  private retained: RetainedMessage[] = [];

  apply({ kind, ...change }: BrokerChange): void {
    const one = change as never as QueuedMessage &
      RetainedMessage &
      KeptSession &
      Remains & { filter: string };
    const notClient = (row: Row) => row.clientId !== one.clientId;
    const notPacket = (row: Row & { packetId: number }) => notClient(row) || row.packetId !== one.packetId;
    const notFilter = (row: Row & { filter: string }) => notClient(row) || row.filter !== one.filter;
    switch (kind) {
      case 'retain':
      case 'unretain':
        this.retained = this.retained.filter(row => row.topic !== one.topic);
        if (kind === 'retain') this.retained.push(one);
        break;
      case 'forget':
        this.retained = this.retained.filter(row => !one.topics.includes(row.topic));
        this.queue = this.queue.filter(
          row => !one.clientIds.includes(row.clientId) || !one.topics.includes(row.topic),
        );
        break;
      case 'keep-session':
        this.sessions = [...this.sessions.filter(notClient), one];
        break;
      case 'end-session':
        this.sessions = this.sessions.filter(notClient);
        this.subscriptions = this.subscriptions.filter(notClient);
        this.queue = this.queue.filter(notClient);
        this.once = this.once.filter(notClient);
        break;
      case 'subscribe':
      case 'unsubscribe':
        this.subscriptions = this.subscriptions.filter(notFilter);
        if (kind === 'subscribe') this.subscriptions.push(one);
        break;
      case 'queue':
      case 'dequeue':
        this.queue = this.queue.filter(notPacket);
        if (kind === 'queue') this.queue.push(one);
        break;
      case 'release':
        this.queue = this.queue.map(row =>
          notPacket(row) ? row : { ...row, payload: new Uint8Array(), state: 'released' },
        );
        break;
      case 'receive-once':
      case 'forget-once':
        this.once = this.once.filter(notPacket);
        if (kind === 'receive-once') this.once.push(one);
        break;
      default:
        kind satisfies never;
    }
  }

  memory(): BrokerMemory {
    const mine = <R extends Row>(rows: readonly R[], id: string) => rows.filter(row => row.clientId === id);
    return sorted({
      retained: this.retained,
      sessions: this.sessions.map(session => ({
        ...session,
        subscriptions: mine(this.subscriptions, session.clientId).map(row => ({
          filter: row.filter,
          qos: row.qos,
        })),
        queued: mine(this.queue, session.clientId).sort((a, b) => a.place - b.place),
        receivedOnce: mine(this.once, session.clientId).map(row => row.packetId),
      })),
    });
  }
}

function sorted({ sessions, retained }: BrokerMemory): BrokerMemory {
  const by = <T>(rows: readonly T[], key: (row: T) => string) =>
    [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return {
    retained: by(retained, row => row.topic),
    sessions: by(sessions, row => row.clientId).map(session => ({
      ...session,
      subscriptions: by(session.subscriptions, row => row.filter),
      receivedOnce: [...session.receivedOnce].sort((a, b) => a - b),
    })),
  };
}
