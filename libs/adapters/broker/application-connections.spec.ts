// An application that is shut out: its connections end, and with a revocation all that was kept for it.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { IConnackPacket } from 'mqtt-packet';
import { OpenBroker, publishPacket, type RawClient, until } from './testing/open-broker.js';

Logger.overrideLogger(false);

describe('an application', () => {
  let house: OpenBroker;

  beforeEach(async () => {
    house = new OpenBroker();
    house.policy.isOpen = true;
    await house.open();
  });
  afterEach(() => house.close());

  /** Connected with clean session 0, and subscribed. */
  async function listener(id: string): Promise<RawClient> {
    const client = await house.login(id, false);
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 1 }] });
    await until(() => client.of('suback').length === 1);
    return client;
  }

  async function say(payload: string): Promise<void> {
    const speaker = await house.login('speaker');
    speaker.send(publishPacket('a', payload, 1));
    await until(() => speaker.of('puback').length === 1);
  }

  async function gone(client: RawClient): Promise<void> {
    const before = house.link.connections();
    client.socket.destroy();
    await until(() => house.link.connections() < before);
  }

  /** A client that comes again with clean session 0. */
  async function returned(id: string) {
    const client = await house.login(id, false);
    client.send({ cmd: 'pingreq' });
    await until(() => client.of('pingresp').length === 1);
    const { sessionPresent } = client.of('connack')[0] as IConnackPacket;
    return { sessionPresent, heard: client.of('publish').length };
  }

  it('that is revoked has no session any more, whether it was there or away, and others keep theirs', async () => {
    const present = await listener('app:log/1');
    await gone(await listener('app:log/2'));
    await gone(await listener('app:logs'));
    await say('one');
    await house.applications.forget('log');
    await until(() => present.closed);
    await say('two');
    const { sessions } = await house.journal.load();
    expect(sessions.map(({ clientId, queued }) => [clientId, queued.length])).toEqual([['app:logs', 2]]);
    expect(await returned('app:log/1')).toEqual({ sessionPresent: false, heard: 0 });
    expect(await returned('app:log/2')).toEqual({ sessionPresent: false, heard: 0 });
    expect(await returned('app:logs')).toEqual({ sessionPresent: true, heard: 2 });
  });

  it('that is revoked in the middle of its login keeps no session', async () => {
    let hold = true;
    house.journal.gate = () => until(() => !hold);
    const client = await house.socket();
    client.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: false,
      clientId: 'app:log',
    });
    await until(() => house.count('logins') === 1);
    const forgotten = house.applications.forget('log');
    hold = false;
    await forgotten;
    await until(() => client.closed);
    expect((await house.journal.load()).sessions).toEqual([]);
    expect(await returned('app:log')).toEqual({ sessionPresent: false, heard: 0 });
  });

  it('with another secret keeps its session', async () => {
    const present = await listener('app:log');
    house.applications.disconnect('log');
    await until(() => present.closed);
    await say('one');
    expect(await returned('app:log')).toEqual({ sessionPresent: true, heard: 1 });
  });
});
