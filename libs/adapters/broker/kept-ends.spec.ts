// How kept sessions end, and how many there may be.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { remainsOf } from '#domain/devices';
import { connectAs, Hall, present, publishes } from './testing/hall.js';
import { publishPacket, type RawClient, until } from './testing/open-broker.js';

Logger.overrideLogger(false);

const heard = (client: RawClient) =>
  publishes(client).map(({ payload, qos, dup }) => `${payload} q${qos}${dup ? ' dup' : ''}`);
const dayMs = 86_400_000;

describe('a kept session', () => {
  const hall = new Hall();
  const { keeper, gone, settled, restart } = hall;

  beforeEach(() => hall.open());
  afterEach(() => hall.close());

  /** By a speaker who goes again. */
  const say = async (topic: string, payload: string, qos: 1 | 2 = 1) =>
    gone(await hall.say(topic, payload, { qos }));

  describe.each([
    ['', null],
    [', over its hub', 'hub-1'],
  ])('of a device whose owner changed%s', (_, parentId) => {
    const device = { id: 'gas-1', parentId };
    const speaker = parentId ?? device.id;

    async function changeOwner(): Promise<void> {
      await hall.house.journal.keep([{ kind: 'forget', ...remainsOf(device) }]);
      hall.house.link.forget(remainsOf(device));
    }

    it('has nothing any more, neither queued nor retained, and what others are owed stays', async () => {
      hall.house.policy.children.set('hub-1', ['gas-1']);
      const served = await keeper(speaker, { 'v1/devices/gas-1/command': 1 });
      const app = await keeper('app', { 'v1/devices/+/status': 1 });
      await gone(app);
      served.send(publishPacket('v1/devices/gas-1/status', 'online', 1, { retain: true }));
      await until(() => served.of('puback').length === 1);
      hall.house.link.tell('gas-1', { kind: 'command', body: { id: 'c1', name: 'identify', epoch: 1 } });
      await until(() => served.of('publish').length === 1);
      await gone(served);
      await changeOwner();
      for (const pass of [async () => {}, () => restart()]) {
        await pass();
        const back = await keeper(speaker);
        const late = await keeper('late', { 'v1/devices/#': 1 });
        const appBack = await keeper('app');
        for (const client of [back, late, appBack]) await settled(client);
        expect([heard(back), heard(late)]).toEqual([[], []]);
        expect(publishes(appBack).map(({ payload }) => String(payload))).toEqual(['online']);
        for (const client of [back, late, appBack]) await gone(client);
      }
    });
  });

  it('is forgotten with its queue 30 days after its client was last there, and not while it is', async () => {
    await gone(await keeper('away', { a: 1 }));
    await keeper('here', { a: 1 });
    await say('a', 'x');
    hall.house.clock.advance(29 * dayMs);
    hall.house.broker.sweep();
    hall.house.clock.advance(2 * dayMs);
    hall.house.broker.sweep();
    expect(hall.house.count('sessions.forgotten')).toBe(1);
    const now = hall.house.clock.now();
    await restart();
    hall.house.clock.advance(now - hall.house.clock.now());
    hall.house.broker.sweep();
    expect(present(await keeper('away'))).toBe(false);
    expect(present(await keeper('here'))).toBe(true);
  });

  it('is refused as unavailable when as many are kept as may be', async () => {
    await restart({ keptSessions: 1 });
    await gone(await keeper('alpha'));
    const beta = await hall.house.socket();
    beta.send({ ...connectAs('beta'), clean: false });
    await until(() => beta.closed);
    expect(beta.of('connack')[0]).toMatchObject({ returnCode: 3 });
    expect(hall.house.count('refused.sessions-full')).toBe(1);
    await hall.house.login('beta', true);
    await keeper('alpha');
  });

  it('is refused to an application that has as many as one may, also after a restart, and to nobody else', async () => {
    await restart({ keptSessionsPerApplication: 2 });
    for (const name of ['app:dash', 'app:dash/2']) await gone(await keeper(name));
    await restart({ keptSessionsPerApplication: 2 });
    const third = await hall.house.socket();
    third.send({ ...connectAs('app:dash/3'), clean: false });
    await until(() => third.closed);
    expect(third.of('connack')[0]).toMatchObject({ returnCode: 3 });
    expect(hall.house.count('refused.application-sessions-full')).toBe(1);
    await keeper('app:dashboard');
    await keeper('alpha');
    await hall.house.login('app:dash/3', true);
    // One that it gives up makes room.
    await gone(await hall.house.login('app:dash/2', true));
    expect(present(await keeper('app:dash/4'))).toBe(false);
  });
});
