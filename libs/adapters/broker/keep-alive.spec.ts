// A client that promised to be heard and is not: it is gone, unless it is we who did not listen.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Verdict } from './broker-policy.js';
import { connectPacket, OpenBroker, publishPacket, type RawClient, until } from './testing/open-broker.js';
import { Held } from './testing/recording-policy.js';

Logger.overrideLogger(false);

const topic = 'v1/devices/gas-1/telemetry';
const afterMs = (began: number, ms: number) => () => performance.now() - began > ms;

describe('a client that asked to be watched', () => {
  let house: OpenBroker;

  beforeEach(async () => {
    house = await new OpenBroker({ burst: 100_000, unansweredMessages: 4 }).open();
  });

  afterEach(() => house.close());

  async function login(id: string, keepAliveS: number, willed = false): Promise<RawClient> {
    const client = await house.socket();
    const will = {
      topic: `v1/devices/${id}/status`,
      payload: Buffer.from('gone'),
      qos: 1,
      retain: true,
    } as const;
    client.send({ ...connectPacket(id, true, keepAliveS), ...(willed && { will }) });
    await until(() => client.of('connack').length === 1);
    return client;
  }

  it('is gone after one and a half times its keep-alive without a word, with its will, and no refusal', async () => {
    const began = performance.now();
    const gas = await login('gas-1', 1, true);
    await until(() => gas.closed);
    expect(performance.now() - began).toBeGreaterThan(1_500);
    await until(() => house.policy.departures.length === 1);
    expect(house.policy.departures[0]?.will).toMatchObject({ topic: 'v1/devices/gas-1/status' });
    expect(Object.keys(house.counters.read()).filter(name => name.startsWith('refused.'))).toEqual([]);
  });

  it('stays as long as it sends PINGREQ, and has its answers', async () => {
    const began = performance.now();
    const gas = await login('gas-1', 1);
    const speaking = setInterval(() => gas.send({ cmd: 'pingreq' }), 200);
    await until(() => gas.closed || afterMs(began, 2_700)());
    clearInterval(speaking);
    expect(gas.closed).toBe(false);
    expect(gas.of('pingresp').length).toBeGreaterThan(5);
  });

  it('may be silent for ever when it asked for no watch', async () => {
    const began = performance.now();
    const gas = await login('gas-1', 0);
    await until(() => gas.closed || afterMs(began, 2_700)());
    expect(gas.closed).toBe(false);
  });

  it('is not called silent for what it said while the gateway itself was stopped', async () => {
    const gas = await login('gas-1', 1);
    gas.send({ cmd: 'pingreq' });
    await until(() => gas.of('pingresp').length === 1);
    gas.send({ cmd: 'pingreq' });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500);
    await until(() => gas.closed || gas.of('pingresp').length === 2);
    expect(gas.closed).toBe(false);
  });

  it('is not called silent for what it said while nobody was read', async () => {
    const stored = new Held<Verdict>();
    house.policy.verdict = () => stored.promise;
    const gas = await login('gas-1', 1);
    gas.send(...[1, 2, 3, 4].map(n => publishPacket(topic, String(n), n)));
    await until(() => house.policy.received.length === 4);
    const began = performance.now();
    // Nobody's messages are taken any more; its pings stand in its socket.
    const speaking = setInterval(() => gas.send({ cmd: 'pingreq' }), 200);
    await until(() => gas.closed || afterMs(began, 3_000)());
    clearInterval(speaking);
    expect(gas.closed).toBe(false);
    stored.resolve('stored');
    await until(() => gas.of('puback').length === 4 && gas.of('pingresp').length > 0);
  });
});
