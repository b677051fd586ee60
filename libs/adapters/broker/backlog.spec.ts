// A store that does not answer: what is taken in is bounded, the rest stays with the clients, and nobody's will is heard.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Backlog } from './backlog.js';
import type { Verdict } from './broker-policy.js';
import { OpenBroker, publishPacket, until } from './testing/open-broker.js';
import { Held } from './testing/recording-policy.js';

Logger.overrideLogger(false);

const topicOf = (id: string) => `v1/devices/${id}/telemetry`;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('while the store does not answer', () => {
  let house: OpenBroker;
  let stored: Held<Verdict>;

  async function open(limits: { unansweredMessages?: number; unansweredBytes?: number }): Promise<void> {
    house = await new OpenBroker({ burst: 100_000, ...limits }).open();
    stored = new Held<Verdict>();
    house.policy.verdict = () => stored.promise;
  }

  beforeEach(() => open({ unansweredMessages: 40 }));

  afterEach(() => house.close());

  it('takes so many messages of all clients together and reads no further, and all of it when it answers', async () => {
    const clients = await Promise.all(numbers(12).map(n => house.login(`gas-${n}`)));
    for (const [i, client] of clients.entries())
      client.send(...numbers(60).map(n => publishPacket(topicOf(`gas-${i + 1}`), String(n), n)));
    await until(() => house.count('refused.backlog-full') === 1);
    const taken = house.policy.received.length;
    // What is in one piece is taken as a whole: it was read before there was too much.
    expect(taken).toBeGreaterThanOrEqual(40);
    expect(taken).toBeLessThan(180);
    const late = await house.login('gas-13');
    late.send(publishPacket(topicOf('gas-13'), 'late', 1));
    clients[0]?.send({ cmd: 'pingreq' });
    await until(() => late.socket.writableLength === 0);
    expect(house.policy.received).toHaveLength(taken);
    expect([...clients, late].flatMap(client => client.of('puback'))).toEqual([]);

    house.policy.verdict = async () => 'stored';
    stored.resolve('stored');
    await until(() =>
      [...clients, late].every(client => client.of('puback').length >= (client === late ? 1 : 60)),
    );
    for (const [i] of clients.entries()) {
      const said = house.policy.received.filter(({ clientId }) => clientId === `gas-${i + 1}`);
      expect(said.map(({ payload }) => Number(payload))).toEqual(numbers(60));
    }
    expect(clients[0]?.of('pingresp')).toHaveLength(1);
    expect(clients.some(({ closed }) => closed)).toBe(false);
    expect(house.broker.unanswered).toBe(0);
  });

  it('counts bytes too', async () => {
    await house.close();
    await open({ unansweredBytes: 10_000 });
    const [gas, door] = [await house.login('gas-1'), await house.login('door-1')];
    gas.send(publishPacket(topicOf('gas-1'), Buffer.alloc(10_001), 1));
    await until(() => house.policy.received.length === 1);
    door.send(publishPacket(topicOf('door-1'), '1', 1));
    await until(() => house.count('refused.backlog-full') === 1);
    expect(house.policy.received).toHaveLength(1);
    house.policy.verdict = async () => 'stored';
    stored.resolve('stored');
    await until(() => door.of('puback').length === 1);
  });

  it('believes nobody’s will: whoever seems to be gone may be waiting for us', async () => {
    const will = {
      topic: 'v1/devices/gas-2/status',
      payload: Buffer.from('{}'),
      qos: 1,
      retain: true,
    } as const;
    const bystander = await house.connect('gas-2', { will });
    const gas = await house.login('gas-1');
    gas.send(publishPacket(topicOf('gas-1'), '1', 1));
    await until(() => house.broker.isLame);
    bystander.stream.destroy();
    await until(() => house.policy.departures.length === 1);
    expect(house.policy.departures).toMatchObject([{ clientId: 'gas-2', will: null }]);
    stored.resolve('stored');
    await until(() => gas.of('puback').length === 1);
    expect(house.broker.isLame).toBe(false);
  });
});

describe('while more is said than the store can take', () => {
  it('takes fewer messages of each at a time, long before there is no room for others', () => {
    const backlog = new Backlog({ unansweredMessages: 100, unansweredBytes: 1_000 });
    const usual = backlog.mostAtOnce;
    for (let said = 0; said < 10; said += 1) backlog.add(1);
    expect(backlog.mostAtOnce).toBeLessThan(usual / 2);
    expect(backlog.mustRest({ wake: () => {} })).toBe(false);
    backlog.remove(1);
    expect(backlog.mostAtOnce).toBe(usual);
  });

  it('lets nobody take the places that somebody else has been waiting for', () => {
    const backlog = new Backlog({ unansweredMessages: 10, unansweredBytes: 1_000 });
    const woken: string[] = [];
    const quiet = { wake: () => woken.push('quiet') };
    const talkative = { wake: () => woken.push('talkative') };
    for (let said = 0; said < 10; said += 1) backlog.add(1);
    expect(backlog.mustRest(quiet)).toBe(true);
    // A place is free again and again, and the talkative one asks each time.
    for (let answered = 0; answered < 5; answered += 1) {
      backlog.remove(1);
      if (!backlog.mustRest(talkative)) backlog.add(1);
    }
    backlog.remove(1);
    expect(woken).toEqual(['quiet', 'talkative']);
    expect(backlog.mustRest(quiet)).toBe(false);
  });
});
