// What a client has not read, or not acknowledged, is bounded, and nobody waits for a frozen one.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Hall } from './testing/hall.js';
import { publishPacket, until } from './testing/open-broker.js';

Logger.overrideLogger(false);

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the broker', () => {
  const hall = new Hall();
  const { listener, subscribe, settled, reopen } = hall;

  beforeEach(() => hall.open());
  afterEach(() => hall.close());

  describe('bounds what a client has not read', () => {
    const bulk = 'x'.repeat(60_000);

    it('drops a copy for a frozen reader, and delays neither another reader nor the speaker', async () => {
      await reopen({ unreadMs: 60_000 });
      const frozen = await listener('frozen', { '#': 0 });
      const other = await listener('other', { '#': 0 });
      frozen.socket.pause();
      const speaker = await hall.house.login('speaker');
      for (const n of numbers(200)) speaker.send(publishPacket('a', `${n} ${bulk}`, n));
      await until(() => speaker.of('puback').length === 200);
      await until(() => other.of('publish').length === 200);
      expect(hall.house.count('refused.output-full')).toBeGreaterThan(0);
      expect(frozen.closed).toBe(false);
    });

    it('ends a reader that has not read for long, and counts it', async () => {
      await reopen({ unreadMs: 100 });
      const frozen = await listener('frozen', { '#': 0 });
      frozen.socket.pause();
      const speaker = await hall.house.login('speaker');
      let n = 0;
      while (hall.house.count('refused.reader-frozen') === 0) {
        n += 1;
        speaker.send(publishPacket('a', bulk, n));
        await until(() => speaker.of('puback').length === n);
      }
      await until(() => hall.house.link.connections() === 1);
    });

    it('keeps so many messages that it does not acknowledge, drops the newest beyond, and counts them', async () => {
      await reopen({ queuedPerClient: 10 });
      const silent = await listener('silent', { a: 1 });
      const speaker = await hall.house.login('speaker');
      for (const n of numbers(15)) speaker.send(publishPacket('a', String(n), n));
      await until(() => speaker.of('puback').length === 15);
      await settled(silent);
      expect(silent.of('publish')).toHaveLength(10);
      expect(hall.house.count('refused.queue-full')).toBe(5);
      const { messageId = 0 } = silent.of('publish')[0] ?? {};
      silent.send({ cmd: 'puback', messageId });
      await settled(silent);
      speaker.send(publishPacket('a', 'after', 20));
      await until(() => silent.of('publish').length === 11);
    });

    it('grants so many filters to one client', async () => {
      await reopen({ filtersPerClient: 2 });
      const client = await listener('hearer', { a: 0, b: 0, c: 0 });
      expect(client.of('suback')[0]).toMatchObject({ granted: [0, 0, 0x80] });
      await subscribe(client, { a: 1 });
      expect(client.of('suback')[1]).toMatchObject({ granted: [1] });
      expect(hall.house.count('refused.filters-full')).toBe(1);
    });
  });
});
