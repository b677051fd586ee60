// A SUBSCRIBE with several filters: a code for each, in their order, whatever is among them twice.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { IPublishPacket, ISubackPacket } from 'mqtt-packet';
import { OpenBroker, publishPacket, until } from './testing/open-broker.js';

Logger.overrideLogger(false);

describe('a SUBSCRIBE', () => {
  let house: OpenBroker;

  beforeEach(async () => {
    house = await new OpenBroker().open();
  });
  afterEach(() => house.close());

  it.each([
    ['clean', true],
    ['kept', false],
  ])(
    'of a %s session that names a filter twice is answered for each, and the last one holds',
    async (_, clean) => {
      const client = await house.login('gas-1', clean);
      const own = 'v1/devices/gas-1/command';
      const wanted = [
        { topic: own, qos: 1 },
        { topic: 'v1/devices/gas-2/command', qos: 1 },
        { topic: own, qos: 0 },
        { topic: own, qos: 2 },
        { topic: 'v1/devices/gas-2/command', qos: 0 },
      ] as const;
      client.send({ cmd: 'subscribe', messageId: 7, subscriptions: [...wanted] });
      await until(() => client.of('suback').length === 1);
      const { messageId, granted } = client.of('suback')[0] as ISubackPacket;
      expect({ messageId, granted }).toEqual({ messageId: 7, granted: [1, 0x80, 0, 2, 0x80] });
      client.send(publishPacket(own, 'to myself', 1, { qos: 2 }));
      await until(() => client.of('publish').length === 1);
      expect((client.of('publish')[0] as IPublishPacket).qos).toBe(2);
    },
  );
});
