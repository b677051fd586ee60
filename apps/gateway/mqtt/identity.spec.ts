// By what devices get in, in a whole gateway over real TLS.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicOf } from '#codecs/wire';
import { bySecret, end, FrontDoor } from './front-door.fixture.js';

describe('who gets in at the broker', () => {
  let door: FrontDoor;

  beforeAll(async () => {
    door = await FrontDoor.open();
  });
  afterAll(() => door.close());

  describe('over TLS', () => {
    it('is served from the authority as soon as that is made, under the names it was given', async () => {
      const { server, tlsPort } = await door.operator.call('authority');
      expect(server?.names).toEqual(expect.arrayContaining(['gw.example', 'localhost', '127.0.0.1']));
      expect(tlsPort).toBeGreaterThan(0);
      const { id, secret } = door.freshLamp();
      const device = await door.connect(door.secureUrl, bySecret(id, secret));
      expect(device.connected).toBe(true);
    });

    it('shows a certificate for other names as soon as that is asked for', async () => {
      const { server } = await door.operator.call('certifyGateway', { body: { names: ['other.example'] } });
      expect(server?.names).toContain('other.example');
      const { id, secret } = door.freshLamp();
      const options = { ...bySecret(id, secret), servername: 'other.example' };
      await door.connect(door.secureUrl, options);
      await expect(door.connect(door.secureUrl, { ...options, servername: 'gw.example' })).rejects.toThrow(
        /altnames/,
      );
    });
  });

  describe('a device with a certificate', () => {
    it('needs no secret, with or without a user name', async () => {
      const { id } = door.freshLamp();
      const certificate = await door.certified(id);
      const device = await door.connect(door.secureUrl, { ...certificate, clientId: id });
      const payload = JSON.stringify({ online: true, boot: 1 });
      await device.publishAsync(topicOf(id, 'status'), payload, { qos: 1 });
      await door.connect(door.secureUrl, { ...certificate, clientId: id, username: id });
    });

    it('gets it with many others in one call, and with none of them when one of them is nobody', async () => {
      const several = [door.freshLamp(), door.freshLamp(), door.freshLamp()];
      const deviceIds = several.map(({ id }) => id);
      const made = await door.operator.call('certifyDevices', { body: { deviceIds } });
      expect(made.map(({ deviceId }) => deviceId)).toEqual(deviceIds);
      const login = ({ deviceId, certificate, privateKey }: (typeof made)[number]) =>
        door.connect(door.secureUrl, { cert: certificate, key: privateKey ?? '', clientId: deviceId });
      const present = await Promise.all(made.map(login));
      const raw = await door.operator.raw('certifyDevices', {
        body: { deviceIds: [...deviceIds, 'nobody'] },
      });
      expect(raw.status).toBe(404);
      expect(present.every(({ connected }) => connected)).toBe(true);
      const ended = Promise.all(present.map(end));
      await door.operator.call('certifyDevices', { body: { deviceIds } });
      await ended;
    });

    it('is nobody else, whatever it claims and whoever’s secret it has', async () => {
      const [{ id }, other] = [door.freshLamp(), door.freshLamp()];
      const certificate = await door.certified(id);
      await door.shutOut(door.secureUrl, { ...certificate, ...bySecret(other.id, other.secret) });
      await door.shutOut(door.secureUrl, { ...certificate, clientId: id, username: other.id });
      await door.shutOut(door.secureUrl, { ...certificate, clientId: other.id });
    });

    it('goes by the last one that was made for it, and is cut off when there is a new one', async () => {
      const { id, secret } = door.freshLamp();
      const first = await door.certified(id);
      const device = await door.connect(door.secureUrl, { ...first, clientId: id });
      const ended = end(device);
      const second = await door.certified(id);
      expect(await ended).toBe('ended');
      await door.shutOut(door.secureUrl, { ...first, clientId: id });
      await door.connect(door.secureUrl, { ...second, clientId: id });
      await door.connect(door.plainUrl, bySecret(id, secret));
    });

    it('may have it from its own authority’s file only when the subject is the device', async () => {
      const [{ id }, other] = [door.freshLamp(), door.freshLamp()];
      const { certificate } = await door.operator.call('certifyDevice', {
        params: { deviceId: other.id },
        body: {},
      });
      const raw = await door.operator.raw('registerCertificate', {
        params: { deviceId: id },
        body: { certificate },
      });
      expect(raw.status).toBe(400);
      const registered = await door.operator.call('registerCertificate', {
        params: { deviceId: other.id },
        body: { certificate },
      });
      expect(registered.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    });
  });

  it('writes no secret and no key into the log', () => {
    door.expectNoSecretInLog(8);
  });
});
