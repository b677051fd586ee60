// Who may come in by WebSocket, and what an HTTP server says to the others.

import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { generate } from 'mqtt-packet';
import { WebSocket } from 'ws';
import { connectPacket, OpenBroker, until } from './testing/open-broker.js';

Logger.overrideLogger(false);

describe('the WebSocket door', () => {
  let house: OpenBroker;

  beforeEach(async () => {
    house = await new OpenBroker({ packetBytes: 10_000 }).open();
  });

  afterEach(() => house.close());

  async function answerTo(url: string, protocols: string[]): Promise<string> {
    const client = new WebSocket(url, protocols);
    const [fault] = await once(client, 'error');
    return String(fault);
  }

  it('answers any other path with 404', async () => {
    expect(await answerTo(house.url('ws').replace('/mqtt', '/else'), ['mqtt'])).toMatch('404');
  });

  it('answers 400 to a client that does not offer the subprotocol mqtt', async () => {
    expect(await answerTo(house.url('ws'), ['chat'])).toMatch('400');
  });

  it('answers 503 while the broker stops', async () => {
    await house.broker.stop();
    expect(await answerTo(house.url('ws'), ['mqtt'])).toMatch('503');
  });

  it('closes on a frame of text, and on one that is longer than any packet', async () => {
    for (const frame of ['text', Buffer.alloc(10_001, 0x10)]) {
      const client = new WebSocket(house.url('ws'), ['mqtt']);
      client.on('error', () => {});
      await once(client, 'open');
      client.send(frame);
      await once(client, 'close');
    }
    await until(() => house.count('connections.open') === 0);
    expect(house.policy.logins).toEqual([]);
  });

  it('puts a packet together that comes in many frames', async () => {
    const client = new WebSocket(house.url('ws'), ['mqtt']);
    await once(client, 'open');
    for (const byte of generate(connectPacket('gas-1'))) client.send(Uint8Array.of(byte));
    const answer: number[] = [];
    client.on('message', (bytes: Buffer) => answer.push(...bytes));
    await until(() => answer.length >= 4);
    expect(answer).toEqual([0x20, 2, 0, 0]);
    client.close();
    await once(client, 'close');
  });
});
