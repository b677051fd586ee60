// How devices are shut out again: revoked, lost by their owner, or not the only one with their credential.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicOf } from '#codecs/wire';
import { until } from '../../../test/condition.js';
import { bind, firstOperator, resident, type TestCaller } from '../gateway.fixture.js';
import { bySecret, end, FrontDoor } from './front-door.fixture.js';

describe('who is shut out at the broker', () => {
  let door: FrontDoor;

  beforeAll(async () => {
    door = await FrontDoor.open();
  });
  afterAll(() => door.close());

  describe('a revoked device', () => {
    it('is disconnected, and comes in neither by its secret nor by its certificate', async () => {
      const { id, secret } = door.freshLamp();
      const certificate = await door.certified(id);
      const device = await door.connect(door.secureUrl, { ...certificate, clientId: id });
      const ended = end(device);
      await door.operator.call('revokeDevice', { params: { deviceId: id } });
      expect(await ended).toBe('ended');
      await door.shutOut(door.secureUrl, { ...certificate, clientId: id });
      await door.shutOut(door.plainUrl, bySecret(id, secret));
    });

    it('comes in again by a new secret, and by that alone', async () => {
      const { id, secret } = door.freshLamp();
      const certificate = await door.certified(id);
      await door.operator.call('revokeDevice', { params: { deviceId: id } });
      const fresh = await door.operator.call('reissueDevice', { params: { deviceId: id } });
      await door.connect(door.plainUrl, bySecret(id, fresh.secret));
      await door.shutOut(door.plainUrl, bySecret(id, secret));
      await door.shutOut(door.secureUrl, { ...certificate, clientId: id });
    });

    it('does not exist for who names none', async () => {
      for (const name of ['revokeDevice', 'reissueDevice'] as const) {
        expect((await door.operator.raw(name, { params: { deviceId: 'no-such-device' } })).status).toBe(404);
      }
    });
  });

  describe('a device that loses its owner', () => {
    async function owned() {
      const lamp = door.freshLamp();
      const device = await door.connect(door.plainUrl, bySecret(lamp.id, lamp.secret));
      const owner = await resident(door.gateway, `${lamp.id}@people.example`);
      await bind(owner, lamp.ticket);
      // It has an owner now and had none: there is nobody to be shut out.
      expect(device.connected).toBe(true);
      return { ...lamp, device, owner };
    }

    it('is disconnected when its owner gives it up, and told of it when it comes again', async () => {
      const { id, secret, device, owner } = await owned();
      const ended = end(device);
      await owner.call('release', { params: { deviceId: id } });
      expect(await ended).toBe('ended');
      const again = await door.connect(door.plainUrl, bySecret(id, secret));
      const heard = new Promise<string>(resolve =>
        again.once('message', (_, payload) => resolve(payload.toString())),
      );
      await again.subscribeAsync(topicOf(id, 'binding'), { qos: 1 });
      expect(JSON.parse(await heard)).toEqual({ state: 'unbound', epoch: 2 });
    });

    it('is disconnected when it is reset at the device, after the acknowledgement', async () => {
      const { id, device } = await owned();
      const ended = end(device);
      const reset = JSON.stringify({ boot: 1, seq: 1, event: 'reset' });
      await device.publishAsync(topicOf(id, 'event'), reset, { qos: 1 });
      expect(await ended).toBe('ended');
    });
  });

  it('tells the owner and the operator of a device whose credential is used in two places, and writes it down', async () => {
    const lamp = door.freshLamp();
    const maker = await firstOperator(door.gateway);
    const owner = await resident(door.gateway, `${lamp.id}@people.example`);
    await bind(owner, lamp.ticket);
    for (let n = 0; n < 5; n += 1)
      await door.connect(door.plainUrl, bySecret(lamp.id, lamp.secret)).catch(() => {});
    const told = async (caller: TestCaller) =>
      (await caller.call('notices')).find(
        ({ about, deviceId }) => about === 'credential-contested' && deviceId === lamp.id,
      );
    for (const caller of [owner, maker])
      expect(await until('the notice', () => told(caller))).toMatchObject({ step: 'told', alarmId: null });
    const written = async () =>
      (await owner.call('ledger', { params: { deviceId: lamp.id } })).find(
        ({ what }) => what === 'credential-contested',
      );
    expect(await until('the row', written)).toMatchObject({ by: 'gateway', epoch: 1 });
  });

  it('writes no secret and no key into the log', () => {
    door.expectNoSecretInLog(4);
  });
});
