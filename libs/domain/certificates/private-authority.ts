// The private authority: made once, it certifies the gateway to its devices and the devices to their gateway.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { AuthorityStore } from './authority.store.js';
import { type CertificateFacts, factsOf } from './facts.js';
import { type Certified, certifyDevice, certifyRequest, certifyServer, makeAuthority } from './signing.js';

export interface AuthorityState {
  /** PEM: what devices are given, to know the gateway by. */
  readonly certificate: string;
  readonly facts: CertificateFacts;
  /** Null as long as the gateway has no certificate of it. */
  readonly server: CertificateFacts | null;
}

/** A certificate for a device, and the key to it when it was made here; the key is not kept. */
export interface DeviceCertificate {
  readonly certificate: string;
  readonly privateKey: string | null;
  readonly fingerprint: string;
  /** Of the authority, PEM. */
  readonly authority: string;
}

const dayMs = 86_400_000;
const renewedBeforeMs = 60 * dayMs;

@Injectable()
export class PrivateAuthority {
  constructor(
    private readonly store: AuthorityStore,
    private readonly clock: Clock,
  ) {}

  /** Null when there is none. */
  async state(): Promise<AuthorityState | null> {
    const authority = await this.store.authority();
    if (authority === null) return null;
    const server = await this.store.server();
    const { certificate } = authority;
    return { certificate, facts: known(certificate), server: server && known(server.certificate) };
  }

  /** Makes it, and a certificate for the server; is there one already, that stays as it is. */
  async create(names: readonly string[]): Promise<AuthorityState> {
    const now = this.clock.now();
    if ((await this.store.authority()) === null) {
      const made = await makeAuthority(`Airbind ${new Date(now).toISOString().slice(0, 10)}`, now);
      await this.store.keepAuthority(made);
    }
    if ((await this.store.server()) === null) await this.certifyServer(names);
    return this.required();
  }

  /** @throws DomainError `no-authority`. */
  async certifyServer(names: readonly string[]): Promise<AuthorityState> {
    const authority = await this.requiredAuthority();
    await this.store.keepServer(await certifyServer(authority, names, this.clock.now()));
    return this.required();
  }

  /** The gateway's own key and certificate, made anew when it has not long to go; null when there is none. */
  async server(): Promise<Certified | null> {
    const [authority, server] = await Promise.all([this.store.authority(), this.store.server()]);
    if (authority === null || server === null) return null;
    const { notAfter, hosts } = known(server.certificate);
    if (this.clock.now() < notAfter - renewedBeforeMs) return server;
    const renewed = await certifyServer(authority, hosts, this.clock.now());
    await this.store.keepServer(renewed);
    return renewed;
  }

  /**
   * @param request a PKCS #10 request as PEM, for a key that stays in the device; null: a key is made here
   * @throws DomainError `no-authority`, or `invalid-request` for what is no request.
   */
  async certifyDevice(deviceId: string, request: string | null): Promise<DeviceCertificate> {
    const authority = await this.requiredAuthority();
    const made = request === null ? await certifyDevice(authority, deviceId, this.clock.now()) : null;
    const certificate = made?.certificate ?? (await this.certifyRequest(authority, deviceId, request ?? ''));
    return {
      certificate,
      privateKey: made?.privateKey ?? null,
      fingerprint: known(certificate).fingerprint,
      authority: authority.certificate,
    };
  }

  private async certifyRequest(authority: Certified, deviceId: string, request: string): Promise<string> {
    const certificate = await certifyRequest(authority, deviceId, request, this.clock.now());
    if (certificate !== null) return certificate;
    throw new DomainError('invalid-request', {
      faults: [{ field: 'request', message: 'takes a PKCS #10 request as PEM, signed by its own key' }],
    });
  }

  private async required(): Promise<AuthorityState> {
    const state = await this.state();
    if (state === null) throw new DomainError('no-authority');
    return state;
  }

  private async requiredAuthority(): Promise<Certified> {
    const authority = await this.store.authority();
    if (authority === null) throw new DomainError('no-authority');
    return authority;
  }
}

/** @throws Error for what was kept here and is no certificate. */
function known(certificate: string): CertificateFacts {
  const facts = factsOf(certificate);
  if (facts === null) throw new Error('a certificate of the private authority cannot be read');
  return facts;
}
