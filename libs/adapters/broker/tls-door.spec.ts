// MQTT over TLS: who is let in by a certificate, what is refused before and after the handshake, and a new identity.
import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { generate } from 'mqtt-packet';
import { factsOf, fingerprintOf } from '#domain/certificates';
import { connectPacket, OpenBroker, until } from './testing/open-broker.js';
import { TlsWorld } from './testing/tls-world.js';

Logger.overrideLogger(false);

describe('the TLS door', () => {
  let world: TlsWorld;
  let house: OpenBroker;
  const sockets: { destroy(): unknown }[] = [];

  beforeEach(async () => {
    world = await TlsWorld.shared();
    house = await new OpenBroker().open();
    await house.secure();
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await house.close();
  });

  /** A TLS connection that says nothing yet. */
  async function shakeHands(options: ConnectionOptions = {}): Promise<TLSSocket> {
    const socket = connectTls({
      port: house.tlsPort,
      host: '127.0.0.1',
      ca: world.authority,
      ...options,
    });
    socket.on('error', () => {});
    sockets.push(socket);
    await once(socket, 'secureConnect');
    return socket;
  }

  async function reset(limits: ConstructorParameters<typeof OpenBroker>[0], exempt?: string[]) {
    await house.close();
    house = await new OpenBroker(limits, exempt).open();
    await house.secure();
  }

  const withoutSecret = { username: undefined, password: undefined };

  it('shows the policy the certificate of a client, and lets it in without a secret', async () => {
    const device = await world.device('gas-1');
    const gas = await house.connect('gas-1', { ...device, ...withoutSecret }, 'tls');
    await gas.publishAsync('v1/devices/gas-1/telemetry', '{}', { qos: 1 });
    const [login] = house.policy.logins;
    expect(login?.certificate).toMatchObject({ isTrusted: true, name: 'gas-1' });
    expect(login?.certificate?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(login?.password).toBeUndefined();
  });

  it('still shows it when the client resumes an earlier TLS session', async () => {
    const device = await world.device('gas-1');
    const first = await shakeHands(device);
    const ticket = new Promise<Buffer>(resolve => first.once('session', resolve));
    first.write(generate(connectPacket('gas-1')));
    await once(first, 'data');
    const second = await shakeHands({ ...device, session: await ticket });
    expect(second.isSessionReused()).toBe(true);
    second.write(generate(connectPacket('gas-1')));
    await once(second, 'data');
    const [before, after] = house.policy.logins;
    expect(after?.certificate).toEqual(before?.certificate);
    expect(after?.certificate).toMatchObject({ isTrusted: true, name: 'gas-1' });
  });

  it('tells a certificate of another authority from one of ours, whatever name it bears', async () => {
    const stranger = await (await TlsWorld.make()).device('gas-1');
    const attempt = house.connect('gas-1', { ...stranger, ...withoutSecret }, 'tls');
    await expect(attempt).rejects.toThrow(/Not authorized/);
    expect(house.policy.logins[0]?.certificate).toMatchObject({ isTrusted: false, name: 'gas-1' });
    expect(house.count('refused.credentials')).toBe(1);
  });

  it('does not take the certificate of a server for one of a client', async () => {
    const { certificate, privateKey } = world.server;
    const options = { cert: certificate, key: privateKey, ...withoutSecret };
    await expect(house.connect('localhost', options, 'tls')).rejects.toThrow(/Not authorized/);
    expect(house.policy.logins[0]?.certificate?.isTrusted).toBe(false);
  });

  it('counts logins by certificate as it counts those by secret', async () => {
    await reset({ failedLoginsPerMinute: 3 }, []);
    const device = await world.device('gas-1');
    for (let tries = 0; tries < 3; tries += 1) {
      const attempt = house.connect('gas-2', { ...device, ...withoutSecret }, 'tls');
      await expect(attempt).rejects.toThrow(/Not authorized/);
    }
    await expect(house.connect('gas-3', {}, 'tls')).rejects.toThrow(/unavailable/i);
    expect(house.count('refused.login-rate')).toBe(1);
  });

  it('asks nobody for a certificate when it trusts no authority', async () => {
    await house.broker.secure({ ...world.server, clientAuthorities: [] });
    const device = await world.device('gas-1');
    await house.connect('gas-1', device, 'tls');
    expect(house.policy.logins[0]?.certificate).toBeNull();
  });

  it('goes no further with who shows no certificate, when one is required', async () => {
    await house.broker.secure({ ...world.identity, needsCertificate: true });
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const bare = connectTls({ port: house.tlsPort, host: '127.0.0.1', ca: world.authority, maxVersion });
      bare.on('error', () => {}).once('secureConnect', () => bare.write(generate(connectPacket('gas-1'))));
      await until(() => bare.destroyed);
    }
    expect(house.count('refused.certificate-missing')).toBe(2);
    expect(house.policy.logins).toEqual([]);
    const device = await world.device('gas-1');
    await house.connect('gas-1', { ...device, ...withoutSecret }, 'tls');
    const stranger = await (await TlsWorld.make()).device('gas-1');
    const attempt = house.connect('gas-1', { ...stranger, ...withoutSecret }, 'tls');
    await expect(attempt).rejects.toThrow(/Not authorized/);
  });

  it('speaks no TLS before 1.2', async () => {
    const old = connectTls({
      port: house.tlsPort,
      host: '127.0.0.1',
      ca: world.authority,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    sockets.push(old);
    const [fault] = await once(old, 'error');
    expect(String(fault)).toMatch(/version|alert/i);
    await until(() => house.count('refused.handshake') === 1);
    await shakeHands({ maxVersion: 'TLSv1.2' });
  });

  it('shows a new identity to whoever comes from then on, and drops nobody', async () => {
    const gas = await house.connect('gas-1', {}, 'tls');
    const next = await TlsWorld.make();
    const before = house.tlsPort;
    await house.secure(next);
    expect(house.tlsPort).toBe(before);
    const socket = await shakeHands({ ca: next.authority });
    const shown = socket.getPeerX509Certificate()?.raw ?? new Uint8Array();
    expect(fingerprintOf(shown)).toBe(factsOf(next.server.certificate)?.fingerprint);
    await gas.publishAsync('v1/devices/gas-1/telemetry', '{}', { qos: 1 });
    expect(gas.connected).toBe(true);
    const late = house.connect('gas-1', { ...(await world.device('gas-1')), ca: next.authority }, 'tls');
    await expect(late).rejects.toThrow(/Not authorized/);
  });

  it('goes on as it was when the new identity is none', async () => {
    const { certificate } = world.server;
    const { privateKey } = (await TlsWorld.make()).server;
    await expect(house.broker.secure({ certificate, privateKey, clientAuthorities: [] })).rejects.toThrow();
    await house.connect('gas-1', {}, 'tls');
  });

  it('ends a handshake that takes too long, and one that is none, and gives their places back', async () => {
    await reset({ connectMs: 100, connectionsPerAddress: 1 }, []);
    const silent = connectSocket(house.tlsPort, '127.0.0.1');
    sockets.push(silent);
    silent.resume().on('error', () => {});
    await once(silent, 'close');
    expect(house.count('refused.handshake')).toBe(1);
    const babbling = connectSocket(house.tlsPort, '127.0.0.1');
    sockets.push(babbling);
    babbling.resume().on('error', () => {});
    babbling.write(generate(connectPacket('gas-1')));
    await once(babbling, 'close');
    await until(() => house.count('refused.handshake') === 2);
    await shakeHands();
  });

  it('has room for so many handshakes at a time, and for more once they are done', async () => {
    await reset({ handshakes: 2 });
    const open = await Promise.all(
      [1, 2].map(async () => {
        const socket = connectSocket(house.tlsPort, '127.0.0.1');
        sockets.push(socket);
        await once(socket, 'connect');
        return socket;
      }),
    );
    await expect(shakeHands()).rejects.toThrow();
    await until(() => house.count('refused.handshakes-full') === 1);
    for (const socket of open) socket.destroy();
    await until(() => house.count('connections.open') === 0);
    let done = 0;
    for (let tries = 0; done < 3 && tries < 200; tries += 1) {
      await shakeHands().then(
        () => {
          done += 1;
        },
        () => {},
      );
    }
    expect(done).toBe(3);
  });

  it('holds the places of an address from before the handshake to the end of the connection', async () => {
    await reset({ connectionsPerAddress: 1 }, []);
    const first = await shakeHands();
    await expect(shakeHands()).rejects.toThrow();
    expect(house.count('refused.address-full')).toBe(1);
    first.destroy();
    await until(() => house.count('connections.open') === 0);
    await shakeHands();
  });

  it('stops without waiting for those who are in the middle of it', async () => {
    const halfway = connectSocket(house.tlsPort, '127.0.0.1');
    sockets.push(halfway);
    halfway.resume().on('error', () => {});
    await once(halfway, 'connect');
    const through = await shakeHands();
    through.resume();
    const ends = Promise.all([once(halfway, 'close'), once(through, 'close')]);
    await house.broker.stop();
    await ends;
  });
});
