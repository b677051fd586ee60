// Mutated packets: whatever comes over the wire, the broker stays up and its other clients are served.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { generate, type Packet as WirePacket } from 'mqtt-packet';
import { connectPacket, OpenBroker, publishPacket, until } from './testing/open-broker.js';

Logger.overrideLogger(false);

const topic = 'v1/devices/noise-1/telemetry';
const sound: readonly WirePacket[] = [
  publishPacket(topic, '{}', 1),
  publishPacket(topic, '{}', 2, { qos: 2 }),
  publishPacket(topic, '{}', 0, { qos: 0 }),
  { cmd: 'pubrel', messageId: 2 },
  { cmd: 'puback', messageId: 9 },
  { cmd: 'pubrec', messageId: 9 },
  { cmd: 'pubcomp', messageId: 9 },
  { cmd: 'subscribe', messageId: 3, subscriptions: [{ topic: 'v1/devices/noise-1/command', qos: 1 }] },
  { cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['v1/devices/noise-1/command'] },
  { cmd: 'pingreq' },
  { cmd: 'disconnect' },
  connectPacket('noise-1', false),
];

const mutation = fc.record({
  at: fc.nat(400),
  byte: fc.nat(255),
  how: fc.constantFrom('change', 'insert', 'remove') as fc.Arbitrary<'change' | 'insert' | 'remove'>,
});

const sequence = fc.record({
  loggedIn: fc.boolean(),
  packets: fc.array(fc.constantFrom(...sound), { minLength: 1, maxLength: 5 }),
  mutations: fc.array(mutation, { maxLength: 4 }),
});

function bytesOf({
  loggedIn,
  packets,
  mutations,
}: typeof sequence extends fc.Arbitrary<infer T> ? T : never): Buffer {
  const head = loggedIn ? generate(connectPacket('noise-1', false)) : Buffer.alloc(0);
  const bytes = [...Buffer.concat(packets.map(packet => generate(packet)))];
  for (const { at, byte, how } of mutations) {
    const place = at % (bytes.length + 1);
    bytes.splice(place, how === 'insert' ? 0 : 1, ...(how === 'remove' ? [] : [byte]));
  }
  return Buffer.concat([head, Buffer.from(bytes)]);
}

describe('the broker under noise', () => {
  let house: OpenBroker;

  beforeAll(async () => {
    house = await new OpenBroker({ connectMs: 200, packetBytes: 10_000 }).open();
  });

  afterAll(() => house.close());

  it('stays up, and serves the neighbour', async () => {
    const neighbour = await house.login('gas-1');
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(sequence, async noise => {
        const client = await house.socket();
        client.socket.end(bytesOf(noise));
        sent = (sent % 60_000) + 1;
        neighbour.send(publishPacket('v1/devices/gas-1/telemetry', '{}', sent));
        await until(() => neighbour.of('puback').length === sent);
      }),
      { numRuns: 150 },
    );
    await until(() => house.count('connections.open') === 1);
    expect(house.link.connections()).toBe(1);
    // The noise got in far enough to matter.
    expect(house.count('messages')).toBeGreaterThan(sent);
  });
});
