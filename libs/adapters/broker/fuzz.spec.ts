// Mutated packets: whatever comes over the wire, the broker stays up and its other clients are served.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { generate, type Packet as WirePacket } from 'mqtt-packet';
import { clauses } from './clauses.js';
import { connectPacket, OpenBroker, publishPacket, type RawClient, until } from './testing/open-broker.js';
import { speeches } from './testing/vectors/all.js';

Logger.overrideLogger(false);

const topic = 'v1/devices/noise-1/telemetry';
const sound: readonly WirePacket[] = [
  publishPacket(topic, '{}', 1),
  publishPacket(topic, '{}', 2, { qos: 2 }),
  publishPacket(topic, '{}', 0, { qos: 0 }),
  publishPacket(topic, '', 0, { qos: 0, retain: true }),
  { cmd: 'pubrel', messageId: 2 },
  { cmd: 'puback', messageId: 9 },
  { cmd: 'pubrec', messageId: 9 },
  { cmd: 'pubcomp', messageId: 9 },
  { cmd: 'subscribe', messageId: 3, subscriptions: [{ topic: 'v1/devices/noise-1/command', qos: 1 }] },
  { cmd: 'subscribe', messageId: 5, subscriptions: [{ topic: '#', qos: 2 }] },
  { cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['v1/devices/noise-1/command'] },
  { cmd: 'pingreq' },
  { cmd: 'disconnect' },
  connectPacket('noise-1', false),
];

const packets = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...sound.map(packet => Buffer.from(generate(packet)))) },
  fc.constantFrom(...speeches),
);

const mutation = fc.record({
  at: fc.nat(400),
  byte: fc.oneof(fc.nat(255), fc.constantFrom(0x00, 0x7f, 0x80, 0xff)),
  how: fc.constantFrom('change', 'insert', 'remove', 'double', 'cut') as fc.Arbitrary<
    'change' | 'insert' | 'remove' | 'double' | 'cut'
  >,
});

const noise = fc.record({
  /** What it says only after a login of its own; null: what it says at once. */
  login: fc.constantFrom('clean', 'kept', null) as fc.Arbitrary<'clean' | 'kept' | null>,
  body: fc.oneof(
    { weight: 3, arbitrary: fc.array(packets, { minLength: 1, maxLength: 5 }).map(Buffer.concat) },
    fc.uint8Array({ maxLength: 200 }),
  ),
  mutations: fc.oneof(fc.constant([]), fc.array(mutation, { maxLength: 5 })),
  /** Bytes in one piece; 0 for all of them. */
  piece: fc.constantFrom(0, 0, 1, 7),
});
type Noise = typeof noise extends fc.Arbitrary<infer T> ? T : never;

function bytesOf({ body, mutations }: Noise): Buffer {
  let bytes = [...body];
  for (const { at, byte, how } of mutations) {
    const place = at % (bytes.length + 1);
    if (how === 'change') bytes.splice(place, 1, byte);
    else if (how === 'insert') bytes.splice(place, 0, byte);
    else if (how === 'remove') bytes.splice(place, 1);
    else if (how === 'double') bytes = [...bytes.slice(0, place), ...bytes];
    else bytes = bytes.slice(0, place);
  }
  return Buffer.from(bytes);
}

async function make(client: RawClient, id: string, said: Noise): Promise<void> {
  if (said.login) {
    client.send(connectPacket(id, said.login === 'clean'));
    await until(() => client.closed || client.of('connack').length > 0);
  }
  const bytes = bytesOf(said);
  const piece = said.piece || bytes.length;
  for (let at = 0; at < bytes.length && !client.closed; at += piece) {
    client.socket.write(bytes.subarray(at, at + piece));
    if (said.piece > 0) await nextTurn();
  }
  client.socket.end();
}

describe('the broker under noise', () => {
  let house: OpenBroker;

  beforeAll(async () => {
    house = new OpenBroker({ connectMs: 200, packetMs: 200, packetBytes: 10_000 });
    house.policy.isOpen = true;
    await house.open();
  });

  afterAll(() => house.close());

  it('stays up, serves the neighbour after each, and keeps nothing of any of them', async () => {
    const neighbour = await house.login('gas-1');
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(noise, { minLength: 1, maxLength: 6 }), async crowd => {
        const clients = await Promise.all(crowd.map(() => house.socket()));
        sent += 1;
        const making = Promise.all(
          crowd.map((said, at) => clients[at] && make(clients[at], `noise-${sent % 10}-${at}`, said)),
        );
        neighbour.send(publishPacket('v1/devices/gas-1/telemetry', '{}', sent), { cmd: 'pingreq' });
        await until(() => neighbour.of('puback').length === sent && neighbour.of('pingresp').length === sent);
        await making;
      }),
      { numRuns: 150 },
    );
    await until(() => house.count('connections.open') === 1);
    expect(house.link.connections()).toBe(1);
    expect(neighbour.closed).toBe(false);
    // The noise got in far enough to matter.
    expect(house.count('messages')).toBeGreaterThan(sent);
    const broken = Object.keys(clauses).filter(clause => house.count(`clause.${clause}`) > 0);
    expect(broken.length).toBeGreaterThan(5);
  });
});
