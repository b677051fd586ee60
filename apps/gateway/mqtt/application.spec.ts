// What applications may at the broker: come in, hear what their rules cover, command, and nothing else.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicOf } from '#codecs/wire';
import { bySecret, end, FrontDoor } from './front-door.fixture.js';

describe('at the broker', () => {
  let door: FrontDoor;

  beforeAll(async () => {
    door = await FrontDoor.open();
  });
  afterAll(() => door.close());

  describe('an application', () => {
    const rules = { subscribe: ['v1/devices/+/telemetry'], publish: ['v1/devices/+/command'] };

    const application = (id: string) => door.application(id, rules);

    it('is let in as often as it likes, each connection under a name of its own', async () => {
      const { login, userName } = await application('dashboard');
      const first = await door.connect(door.plainUrl, login);
      await door.connect(door.plainUrl, { ...login, clientId: `${userName}/2` });
      expect(first.connected).toBe(true);
      await door.shutOut(door.plainUrl, { ...login, clientId: 'app:dashboard-2' });
      await door.shutOut(door.plainUrl, { ...login, clientId: door.freshLamp().id });
      await door.shutOut(door.plainUrl, { ...login, password: 'wrong' });
      await door.shutOut(door.plainUrl, { ...login, username: 'app:nobody' });
    });

    it('may hear what its rules cover and nothing else', async () => {
      const { login } = await application('listener');
      const client = await door.connect(door.plainUrl, login);
      const filters = [
        'v1/devices/+/telemetry',
        'v1/devices/d1-1/telemetry',
        'v1/devices/+/event',
        '#',
        '$SYS/#',
      ];
      const seen = new Promise(resolve => client.once('packetreceive', resolve));
      client.subscribe(filters, { qos: 1 }, () => {});
      expect(await seen).toMatchObject({ cmd: 'suback', granted: [1, 1, 0x80, 0x80, 0x80] });
    });

    it('has a device do what its product can, by the same way as a person', async () => {
      const { id, secret } = door.freshLamp();
      const device = await door.connect(door.plainUrl, bySecret(id, secret));
      await device.subscribeAsync(topicOf(id, 'command'), { qos: 1 });
      const heard = new Promise<string>(resolve =>
        device.once('message', (_, payload) => resolve(payload.toString())),
      );
      const { login } = await application('switchboard');
      const client = await door.connect(door.plainUrl, login);
      const wanted = { id: 'c-1', name: 'blink', args: { times: 3 } };
      await client.publishAsync(topicOf(id, 'command'), JSON.stringify(wanted), { qos: 1 });
      expect(JSON.parse(await heard)).toEqual({ ...wanted, epoch: 0, until: expect.any(Number) });
    });

    it.each([
      ['not json', 'malformed'],
      ['{"name":"explode"}', 'invalid-request'],
      ['{"name":"blink"}', 'device-offline'],
    ])('is acknowledged for %s, which goes nowhere and is logged as %s', async (payload, code) => {
      const { id } = door.freshLamp();
      const { login } = await application(`clumsy-${code}`);
      const client = await door.connect(door.plainUrl, login);
      await client.publishAsync(topicOf(id, 'command'), payload, { qos: 1 });
      expect(client.connected).toBe(true);
      expect(door.gateway.log.join('')).toContain(
        `"applicationId":"clumsy-${code}","deviceId":"${id}","code":"${code}"`,
      );
    });

    it.each(['telemetry', 'event', 'config'] as const)('is cut off when it publishes %s', async kind => {
      const { login } = await application(`liar-${kind}`);
      const client = await door.connect(door.plainUrl, login);
      const ended = end(client);
      client.publish(topicOf('d1-1', kind), '{}', { qos: 1 }, () => {});
      expect(await ended).toBe('ended');
    });

    it('is cut off when it gets another secret, and when it is revoked', async () => {
      const { login, userName } = await application('former');
      const both = await Promise.all(
        [userName, `${userName}/2`].map(clientId => door.connect(door.plainUrl, { ...login, clientId })),
      );
      const ended = Promise.all(both.map(end));
      const params = { applicationId: 'former' };
      const { secret } = await door.operator.call('rotateApplication', { params });
      expect(await ended).toEqual(['ended', 'ended']);
      await door.shutOut(door.plainUrl, login);
      const client = await door.connect(door.plainUrl, { ...login, password: secret });
      const revoked = end(client);
      await door.operator.call('dropApplication', { params });
      expect(await revoked).toBe('ended');
      await door.shutOut(door.plainUrl, { ...login, password: secret });
      expect((await door.operator.call('applications')).map(({ id }) => id)).not.toContain('former');
    });
  });

  it('writes no secret and no key into the log', () => {
    door.expectNoSecretInLog(8);
  });
});
