// A message that may wait long, a picture for room on the disk, holds up nothing that its client says after it.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Verdict } from './broker-policy.js';
import { OpenBroker, publishPacket, type RawClient, until } from './testing/open-broker.js';
import { Held } from './testing/recording-policy.js';

Logger.overrideLogger(false);

const camera = 'v1/devices/cam-1/snapshot';
const alarm = 'v1/devices/hub-1/event';
/** More than one piece of a socket brings. */
const image = Buffer.alloc(200_000, 7);

const isPicture = ({ topic }: { readonly topic: string }) => topic === camera;
const pictures = (count: number) =>
  Array.from({ length: count }, (_, index) => publishPacket(camera, image, index + 1));
const acknowledged = (client: RawClient) =>
  client.of('puback').map(packet => ('messageId' in packet ? packet.messageId : undefined));

describe('behind a picture that waits', () => {
  let house: OpenBroker;
  let room: Held<Verdict>;

  beforeEach(async () => {
    room = new Held<Verdict>();
    house = await new OpenBroker({ burst: 100_000, unansweredBytes: 8 * image.length }).open();
    house.policy.children.set('hub-1', ['cam-1']);
    house.policy.standsAside = isPicture;
    house.policy.verdict = packet => (isPicture(packet) ? room.promise : Promise.resolve('stored'));
  });

  afterEach(() => house.close());

  it('the hub’s alarm is stored and acknowledged at once', async () => {
    const hub = await house.login('hub-1');
    hub.send(...pictures(1), publishPacket(alarm, 'gas', 2));
    await until(() => acknowledged(hub).includes(2));
    expect(acknowledged(hub)).toEqual([2]);
    room.resolve('stored');
    await until(() => hub.of('puback').length === 2);
    expect(acknowledged(hub)).toEqual([2, 1]);
  });

  it('more pictures than a client may have unanswered, and all together, keep nobody from being heard', async () => {
    const hub = await house.login('hub-1');
    const other = await house.login('gas-2');
    hub.send(...pictures(40), publishPacket(alarm, 'gas', 41));
    await until(() => acknowledged(hub).includes(41));
    other.send(publishPacket('v1/devices/gas-2/event', 'gas', 1));
    await until(() => acknowledged(other).length === 1);
    expect(house.broker.unanswered).toBe(0);
    expect(house.broker.isLame).toBe(false);
    room.resolve('stored');
    await until(() => hub.of('puback').length === 41);
  });

  it('what is put off is not acknowledged, is counted, and leaves the connection as it is', async () => {
    const hub = await house.login('hub-1');
    room.resolve('put-off');
    hub.send(...pictures(2), publishPacket(alarm, 'gas', 3), { cmd: 'pingreq' });
    await until(() => hub.of('pingresp').length === 1 && hub.of('puback').length === 1);
    expect(acknowledged(hub)).toEqual([3]);
    expect(house.count('refused.put-off')).toBe(2);
    expect(hub.closed).toBe(false);
  });

  it('who does not stand aside is waited for, as ever', async () => {
    house.policy.standsAside = () => false;
    const hub = await house.login('hub-1');
    hub.send(...pictures(40), publishPacket(alarm, 'gas', 41), { cmd: 'pingreq' });
    await until(() => house.policy.received.length === 1);
    expect(house.broker.unanswered).toBe(1);
    expect(house.policy.received.map(({ topic }) => topic)).not.toContain(alarm);
    room.resolve('stored');
    await until(() => hub.of('puback').length === 41);
    expect(acknowledged(hub)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
  });
});
