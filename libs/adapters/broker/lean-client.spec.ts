// What is taken from Aedes' clients is nothing that they need, and a secret does not outlive its login.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { generate, type Packet } from 'mqtt-packet';
import type { BrokerSession } from './broker-policy.js';
import { connectPacket, OpenBroker, publishPacket, until } from './testing/open-broker.js';
import { secret } from './testing/recording-policy.js';

Logger.overrideLogger(false);

/** Whether the bytes stand in any buffer that can be reached from here by properties. */
function holds(root: unknown, bytes: string): boolean {
  const seen = new Set<unknown>([root]);
  for (const thing of seen) {
    if (thing instanceof Uint8Array && Buffer.from(thing.buffer).includes(bytes)) return true;
    if (typeof thing !== 'object' || thing === null || ArrayBuffer.isView(thing)) continue;
    for (const key of Reflect.ownKeys(thing)) {
      const value: unknown = Reflect.get(thing, key);
      if (typeof value === 'object' && value !== null) seen.add(value);
    }
  }
  return false;
}

describe('the client of a connection', () => {
  let house: OpenBroker;
  let sessions: BrokerSession[];

  beforeEach(async () => {
    house = await new OpenBroker().open();
    sessions = [];
    house.policy.whenSubscribed = session => void sessions.push(session);
  });

  afterEach(() => house.close());

  it('does not hold the secret of its login any more', async () => {
    expect(holds({ login: { password: Buffer.from(secret) } }, secret)).toBe(true);
    await house.login('gas-2');
    const gas = await house.login('gas-1');
    gas.send({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [{ topic: 'v1/devices/gas-1/config', qos: 1 }],
    });
    await until(() => sessions.length === 1);
    expect(holds(sessions[0], secret)).toBe(false);
  });

  it('reads packets however they are cut, subscribes twice, and gives up what it gives up', async () => {
    const gas = await house.socket();
    const config = 'v1/devices/gas-1/config';
    const reply = 'v1/devices/gas-1/reply';
    const said: Packet[] = [
      connectPacket('gas-1'),
      {
        cmd: 'subscribe',
        messageId: 1,
        subscriptions: [
          { topic: config, qos: 1 },
          { topic: reply, qos: 1 },
        ],
      },
      { cmd: 'subscribe', messageId: 2, subscriptions: [{ topic: config, qos: 0 }] },
      { cmd: 'unsubscribe', messageId: 3, unsubscriptions: [config] },
      publishPacket('v1/devices/gas-1/telemetry', '{}', 4, { qos: 2 }),
    ];
    for (const byte of Buffer.concat(said.map(packet => generate(packet)))) {
      gas.socket.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    await until(() => gas.of('pubrec').length === 1);
    expect(gas.packets.map(({ cmd }) => cmd)).toEqual(['connack', 'suback', 'suback', 'unsuback', 'pubrec']);
    expect(house.link.tell('gas-1', { kind: 'config', body: { now: 1, epoch: 0, intervalS: 60 } })).toBe(
      false,
    );
    const error = { code: 'malformed', detail: 'no' } as const;
    expect(house.link.tell('gas-1', { kind: 'reply', body: { about: 'info', error } })).toBe(true);
    await until(() => gas.of('publish').length === 1);
    expect(gas.of('publish')[0]).toMatchObject({ topic: reply });
  });
});
