// Whom the gate lets through: every row of the table against the real broker, in one piece and byte by byte.
import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { type Clause, clauses } from './clauses.js';
import { OpenBroker } from './testing/open-broker.js';
import { greetings, table } from './testing/vectors/all.js';
import { packet } from './testing/wire-bytes.js';

Logger.overrideLogger(false);

const welcome = packet(0x20, 0, 0);
const ping = packet(0xc0);
const pong = packet(0xd0);

/** How bytes are handed to the socket. */
type Cut = (socket: Socket, bytes: Uint8Array) => Promise<void>;

const cuts: readonly (readonly [name: string, cut: Cut])[] = [
  ['in one piece', async (socket, bytes) => void socket.write(bytes)],
  [
    'byte by byte',
    async (socket, bytes) => {
      for (const byte of bytes) {
        if (socket.destroyed) return;
        socket.write(Uint8Array.of(byte));
        await nextTurn();
      }
    },
  ],
];

class Caller {
  heard = Buffer.alloc(0);
  closed = false;
  private changed: () => void = () => {};

  constructor(
    readonly socket: Socket,
    private readonly cut: Cut,
  ) {
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('data', bytes => {
      this.heard = Buffer.concat([this.heard, bytes]);
      this.changed();
    });
    socket.on('close', () => {
      this.closed = true;
      this.changed();
    });
  }

  /** Until all of an answer is there, or nothing more can come. */
  async say(sent: Uint8Array, heard: Uint8Array): Promise<void> {
    const length = this.heard.length + heard.length;
    await this.cut(this.socket, sent);
    while (!this.closed && this.heard.length < length) await this.change();
  }

  async end(): Promise<void> {
    while (!this.closed) await this.change();
  }

  private change(): Promise<void> {
    return new Promise(resolve => {
      this.changed = resolve;
    });
  }
}

describe.each(cuts)('the gate, when bytes come %s,', (_, cut) => {
  describe.each(table)('as to %s', (_, vectors) => {
    let house: OpenBroker;

    beforeAll(async () => {
      house = await new OpenBroker().open();
      const identity = { kind: 'device', deviceId: 'vector', children: [], isVital: true } as const;
      house.policy.authenticate = async () => ({ admitted: true, identity });
      house.policy.mayPublish = () => true;
      house.policy.maySubscribe = () => true;
    });

    afterAll(() => house.close());

    function breaches(): Partial<Record<Clause, number>> {
      const names = Object.keys(clauses) as Clause[];
      return Object.fromEntries(names.map(name => [name, house.count(`clause.${name}`)]));
    }

    async function call(): Promise<Caller> {
      const socket = connectSocket({ port: house.port, host: '127.0.0.1' });
      await once(socket, 'connect');
      return new Caller(socket, cut);
    }

    it.each(
      vectors.map(vector => [`${vector.stays ? 'takes' : 'closes on'} ${vector.name}`, vector] as const),
    )('%s', async (_, { level, steps, stays, clause }) => {
      const before = breaches();
      const caller = await call();
      const expected: Uint8Array[] = [];
      const greeting = level ? [[greetings[level], welcome] as const] : [];
      const ending = stays ? [[ping, pong] as const] : [];
      for (const [sent, heard] of [...greeting, ...steps, ...ending]) {
        expected.push(heard);
        await caller.say(sent, heard);
      }
      if (!stays) await caller.end();
      expect(caller.heard.toString('hex')).toBe(Buffer.concat(expected).toString('hex'));
      expect(caller.closed).toBe(!stays);
      caller.socket.destroy();
      const broken = clause ? { [clause]: (before[clause] ?? 0) + 1 } : {};
      expect(breaches()).toEqual({ ...before, ...broken });
    });
  });
});
