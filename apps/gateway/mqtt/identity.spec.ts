// By what devices and applications get in, in a whole gateway over real TLS, and how they are shut out again.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { topicOf } from '#codecs/wire';
import { until } from '../../../test/condition.js';
import {
  bind,
  firstOperator,
  makeLamps,
  resident,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';

type Lamp = Awaited<ReturnType<typeof makeLamps>>[number];

describe('who gets in at the broker', () => {
  let gateway: TestGateway;
  let operator: TestCaller;
  let authority: string;
  let secureUrl: string;
  let lamps: Lamp[];
  const secrets: string[] = [];
  const clients: MqttClient[] = [];
  const plainUrl = () => `mqtt://127.0.0.1:${gateway.mqttPort}`;

  beforeAll(async () => {
    gateway = await startTestGateway();
    operator = new TestCaller(gateway.url, gateway.cliToken);
    lamps = await makeLamps(gateway, 24);
    const made = await operator.call('makeAuthority', { body: { names: ['gw.example'] } });
    authority = made.certificate;
    secureUrl = `mqtts://127.0.0.1:${made.tlsPort}`;
  });

  afterAll(async () => {
    for (const client of clients) client.end(true);
    await gateway.close();
  });

  /** One that nobody has used yet. */
  function freshLamp(): Lamp {
    const lamp = lamps.pop();
    if (!lamp) throw new Error('no lamp is left');
    secrets.push(lamp.secret);
    return lamp;
  }

  async function connect(url: string, options: IClientOptions): Promise<MqttClient> {
    const trust = url === secureUrl ? { ca: authority } : {};
    const client = await connectAsync(url, { ...trust, reconnectPeriod: 0, ...options }, false);
    client.on('error', () => {});
    clients.push(client);
    return client;
  }

  const bySecret = (id: string, secret: string) => ({ clientId: id, username: id, password: secret });

  async function certified(deviceId: string): Promise<{ cert: string; key: string }> {
    const made = await operator.call('certifyDevice', { params: { deviceId }, body: {} });
    expect(made).toMatchObject({ deviceId, authority });
    return { cert: made.certificate, key: made.privateKey ?? '' };
  }

  const end = (client: MqttClient) => new Promise(resolve => client.once('close', () => resolve('ended')));

  async function shutOut(url: string, options: IClientOptions): Promise<void> {
    await expect(connect(url, options)).rejects.toThrow('Not authorized');
  }

  describe('over TLS', () => {
    it('is served from the authority as soon as that is made, under the names it was given', async () => {
      const { server, tlsPort } = await operator.call('authority');
      expect(server?.names).toEqual(expect.arrayContaining(['gw.example', 'localhost', '127.0.0.1']));
      expect(tlsPort).toBeGreaterThan(0);
      const { id, secret } = freshLamp();
      const device = await connect(secureUrl, bySecret(id, secret));
      expect(device.connected).toBe(true);
    });

    it('shows a certificate for other names as soon as that is asked for', async () => {
      const { server } = await operator.call('certifyGateway', { body: { names: ['other.example'] } });
      expect(server?.names).toContain('other.example');
      const { id, secret } = freshLamp();
      const options = { ...bySecret(id, secret), servername: 'other.example' };
      await connect(secureUrl, options);
      await expect(connect(secureUrl, { ...options, servername: 'gw.example' })).rejects.toThrow(/altnames/);
    });
  });

  describe('a device with a certificate', () => {
    it('needs no secret, with or without a user name', async () => {
      const { id } = freshLamp();
      const certificate = await certified(id);
      const device = await connect(secureUrl, { ...certificate, clientId: id });
      const payload = JSON.stringify({ online: true, boot: 1 });
      await device.publishAsync(topicOf(id, 'status'), payload, { qos: 1 });
      await connect(secureUrl, { ...certificate, clientId: id, username: id });
    });

    it('gets it with many others in one call, and with none of them when one of them is nobody', async () => {
      const several = [freshLamp(), freshLamp(), freshLamp()];
      const deviceIds = several.map(({ id }) => id);
      const made = await operator.call('certifyDevices', { body: { deviceIds } });
      expect(made.map(({ deviceId }) => deviceId)).toEqual(deviceIds);
      const login = ({ deviceId, certificate, privateKey }: (typeof made)[number]) =>
        connect(secureUrl, { cert: certificate, key: privateKey ?? '', clientId: deviceId });
      const present = await Promise.all(made.map(login));
      const raw = await operator.raw('certifyDevices', { body: { deviceIds: [...deviceIds, 'nobody'] } });
      expect(raw.status).toBe(404);
      expect(present.every(({ connected }) => connected)).toBe(true);
      const ended = Promise.all(present.map(end));
      await operator.call('certifyDevices', { body: { deviceIds } });
      await ended;
    });

    it('is nobody else, whatever it claims and whoever’s secret it has', async () => {
      const [{ id }, other] = [freshLamp(), freshLamp()];
      const certificate = await certified(id);
      await shutOut(secureUrl, { ...certificate, ...bySecret(other.id, other.secret) });
      await shutOut(secureUrl, { ...certificate, clientId: id, username: other.id });
      await shutOut(secureUrl, { ...certificate, clientId: other.id });
    });

    it('goes by the last one that was made for it, and is cut off when there is a new one', async () => {
      const { id, secret } = freshLamp();
      const first = await certified(id);
      const device = await connect(secureUrl, { ...first, clientId: id });
      const ended = end(device);
      const second = await certified(id);
      expect(await ended).toBe('ended');
      await shutOut(secureUrl, { ...first, clientId: id });
      await connect(secureUrl, { ...second, clientId: id });
      await connect(plainUrl(), bySecret(id, secret));
    });

    it('may have it from its own authority’s file only when the subject is the device', async () => {
      const [{ id }, other] = [freshLamp(), freshLamp()];
      const { certificate } = await operator.call('certifyDevice', {
        params: { deviceId: other.id },
        body: {},
      });
      const raw = await operator.raw('registerCertificate', {
        params: { deviceId: id },
        body: { certificate },
      });
      expect(raw.status).toBe(400);
      const registered = await operator.call('registerCertificate', {
        params: { deviceId: other.id },
        body: { certificate },
      });
      expect(registered.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    });
  });

  describe('a revoked device', () => {
    it('is disconnected, and comes in neither by its secret nor by its certificate', async () => {
      const { id, secret } = freshLamp();
      const certificate = await certified(id);
      const device = await connect(secureUrl, { ...certificate, clientId: id });
      const ended = end(device);
      await operator.call('revokeDevice', { params: { deviceId: id } });
      expect(await ended).toBe('ended');
      await shutOut(secureUrl, { ...certificate, clientId: id });
      await shutOut(plainUrl(), bySecret(id, secret));
    });

    it('comes in again by a new secret, and by that alone', async () => {
      const { id, secret } = freshLamp();
      const certificate = await certified(id);
      await operator.call('revokeDevice', { params: { deviceId: id } });
      const fresh = await operator.call('reissueDevice', { params: { deviceId: id } });
      await connect(plainUrl(), bySecret(id, fresh.secret));
      await shutOut(plainUrl(), bySecret(id, secret));
      await shutOut(secureUrl, { ...certificate, clientId: id });
    });

    it('does not exist for who names none', async () => {
      for (const name of ['revokeDevice', 'reissueDevice'] as const) {
        expect((await operator.raw(name, { params: { deviceId: 'no-such-device' } })).status).toBe(404);
      }
    });
  });

  describe('a device that loses its owner', () => {
    async function owned() {
      const lamp = freshLamp();
      const device = await connect(plainUrl(), bySecret(lamp.id, lamp.secret));
      const owner = await resident(gateway, `${lamp.id}@people.example`);
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
      const again = await connect(plainUrl(), bySecret(id, secret));
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
    const lamp = freshLamp();
    const maker = await firstOperator(gateway);
    const owner = await resident(gateway, `${lamp.id}@people.example`);
    await bind(owner, lamp.ticket);
    for (let n = 0; n < 5; n += 1) await connect(plainUrl(), bySecret(lamp.id, lamp.secret)).catch(() => {});
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

  describe('an application', () => {
    const rules = { subscribe: ['v1/devices/+/telemetry'], publish: ['v1/devices/+/command'] };

    async function application(id: string, wanted = rules) {
      const made = await operator.call('makeApplication', { body: { id, ...wanted } });
      secrets.push(made.secret);
      return { ...made, login: { clientId: made.userName, username: made.userName, password: made.secret } };
    }

    it('is let in as often as it likes, each connection under a name of its own', async () => {
      const { login, userName } = await application('dashboard');
      const first = await connect(plainUrl(), login);
      await connect(plainUrl(), { ...login, clientId: `${userName}/2` });
      expect(first.connected).toBe(true);
      await shutOut(plainUrl(), { ...login, clientId: 'app:dashboard-2' });
      await shutOut(plainUrl(), { ...login, clientId: freshLamp().id });
      await shutOut(plainUrl(), { ...login, password: 'wrong' });
      await shutOut(plainUrl(), { ...login, username: 'app:nobody' });
    });

    it('may hear what its rules cover and nothing else', async () => {
      const { login } = await application('listener');
      const client = await connect(plainUrl(), login);
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
      const { id, secret } = freshLamp();
      const device = await connect(plainUrl(), bySecret(id, secret));
      await device.subscribeAsync(topicOf(id, 'command'), { qos: 1 });
      const heard = new Promise<string>(resolve =>
        device.once('message', (_, payload) => resolve(payload.toString())),
      );
      const { login } = await application('switchboard');
      const client = await connect(plainUrl(), login);
      const wanted = { id: 'c-1', name: 'blink', args: { times: 3 } };
      await client.publishAsync(topicOf(id, 'command'), JSON.stringify(wanted), { qos: 1 });
      expect(JSON.parse(await heard)).toEqual({ ...wanted, epoch: 0, until: expect.any(Number) });
    });

    it.each([
      ['not json', 'malformed'],
      ['{"name":"explode"}', 'invalid-request'],
      ['{"name":"blink"}', 'device-offline'],
    ])('is acknowledged for %s, which goes nowhere and is logged as %s', async (payload, code) => {
      const { id } = freshLamp();
      const { login } = await application(`clumsy-${code}`);
      const client = await connect(plainUrl(), login);
      await client.publishAsync(topicOf(id, 'command'), payload, { qos: 1 });
      expect(client.connected).toBe(true);
      expect(gateway.log.join('')).toContain(
        `"applicationId":"clumsy-${code}","deviceId":"${id}","code":"${code}"`,
      );
    });

    it.each(['telemetry', 'event', 'config'] as const)('is cut off when it publishes %s', async kind => {
      const { login } = await application(`liar-${kind}`);
      const client = await connect(plainUrl(), login);
      const ended = end(client);
      client.publish(topicOf('d1-1', kind), '{}', { qos: 1 }, () => {});
      expect(await ended).toBe('ended');
    });

    it('is cut off when it gets another secret, and when it is revoked', async () => {
      const { login, userName } = await application('former');
      const both = await Promise.all(
        [userName, `${userName}/2`].map(clientId => connect(plainUrl(), { ...login, clientId })),
      );
      const ended = Promise.all(both.map(end));
      const params = { applicationId: 'former' };
      const { secret } = await operator.call('rotateApplication', { params });
      expect(await ended).toEqual(['ended', 'ended']);
      await shutOut(plainUrl(), login);
      const client = await connect(plainUrl(), { ...login, password: secret });
      const revoked = end(client);
      await operator.call('dropApplication', { params });
      expect(await revoked).toBe('ended');
      await shutOut(plainUrl(), { ...login, password: secret });
      expect((await operator.call('applications')).map(({ id }) => id)).not.toContain('former');
    });
  });

  it('writes no secret and no key into the log', async () => {
    const log = gateway.log.join('');
    expect(log).toContain('credentials');
    expect(log).not.toMatch(/PRIVATE KEY|BEGIN CERTIFICATE/);
    expect(secrets.length).toBeGreaterThan(20);
    for (const secret of secrets) expect(log).not.toContain(secret);
  });
});
