// The private authority: what it certifies is believed by a TLS library that is not ours, and by nobody else's name.
import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { ManualClock } from '#domain/clock';
import { factsOf } from './facts.js';
import { MemoryAuthorityStore } from './memory-authority.store.js';
import { PrivateAuthority } from './private-authority.js';

const now = 1_763_700_000_000;
const dayMs = 86_400_000;

describe('the private authority', () => {
  let store: MemoryAuthorityStore;
  let clock: ManualClock;
  let authority: PrivateAuthority;

  beforeEach(() => {
    store = new MemoryAuthorityStore();
    clock = new ManualClock(now);
    authority = new PrivateAuthority(store, clock);
  });

  it('is not there until it is made, and says so', async () => {
    expect(await authority.state()).toBeNull();
    expect(await authority.server()).toBeNull();
    await expect(authority.certifyDevice('d1-1', null)).rejects.toMatchObject({ code: 'no-authority' });
    await expect(authority.certifyServer(['gw.example'])).rejects.toMatchObject({ code: 'no-authority' });
  });

  it('is made once: making it again changes nothing', async () => {
    const first = await authority.create(['gw.example']);
    expect(await authority.create(['other.example'])).toEqual(first);
    const certificate = new X509Certificate(first.certificate);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(first.facts.notAfter).toBeGreaterThan(now + 29 * 365 * dayMs);
  });

  it('certifies the server for the names it was given', async () => {
    const { server, certificate } = await authority.create(['gw.example', '192.0.2.7', '2001:db8::1']);
    expect(server?.hosts).toEqual(expect.arrayContaining(['gw.example', '192.0.2.7']));
    const own = new X509Certificate((await authority.server())?.certificate ?? '');
    expect(own.checkHost('gw.example')).toBe('gw.example');
    expect(own.checkHost('other.example')).toBeUndefined();
    expect(own.checkIP('192.0.2.7')).toBe('192.0.2.7');
    expect(own.checkIP('2001:db8::1')).toBe('2001:db8::1');
    expect(own.checkIssued(new X509Certificate(certificate))).toBe(true);
  });

  it('makes the server’s certificate anew for the same names, before it ends', async () => {
    await authority.create(['gw.example', '192.0.2.7']);
    const first = await authority.server();
    expect(await authority.server()).toEqual(first);
    clock.advance(700 * dayMs);
    const second = await authority.server();
    expect(second?.certificate).not.toBe(first?.certificate);
    expect(factsOf(second?.certificate ?? '')?.hosts).toEqual(['gw.example', '192.0.2.7']);
    expect(await authority.server()).toEqual(second);
  });

  it('certifies a device under its id alone, with a key that it does not keep', async () => {
    const state = await authority.create(['gw.example']);
    const made = await authority.certifyDevice('d1-1', null);
    const certificate = new X509Certificate(made.certificate);
    const issuer = new X509Certificate(made.authority);
    expect(factsOf(made.certificate)).toMatchObject({ name: 'd1-1', fingerprint: made.fingerprint });
    expect(certificate.verify(issuer.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(Date.parse(certificate.validTo)).toBe(state.facts.notAfter);
    expect(made.privateKey).toContain('PRIVATE KEY');
    expect(JSON.stringify([await store.authority(), await store.server()])).not.toContain(made.privateKey);
    expect((await authority.certifyDevice('d1-1', null)).fingerprint).not.toBe(made.fingerprint);
  });

  it('certifies a key that stayed in its device, whatever name its request has', async () => {
    await authority.create(['gw.example']);
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ]);
    const request = await Pkcs10CertificateRequestGenerator.create({
      name: 'CN=somebody-else',
      keys,
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    });
    const made = await authority.certifyDevice('d1-1', request.toString('pem'));
    expect(made.privateKey).toBeNull();
    expect(factsOf(made.certificate)?.name).toBe('d1-1');
  });

  it.each(['', 'no request', '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----'])(
    'refuses %j as a request',
    async request => {
      await authority.create(['gw.example']);
      await expect(authority.certifyDevice('d1-1', request)).rejects.toMatchObject({
        code: 'invalid-request',
      });
    },
  );
});
