// Certificates for tests, made here and now: an authority, the broker's own, and those of devices.
import { type Certified, MemoryAuthorityStore, PrivateAuthority } from '#domain/certificates';
import { SystemClock } from '#domain/clock';
import type { TlsIdentity } from '../tls-door.js';

export class TlsWorld {
  private static made: Promise<TlsWorld> | undefined;

  private constructor(
    private readonly issuer: PrivateAuthority,
    /** PEM. */
    readonly authority: string,
    readonly server: Certified,
  ) {}

  static async make(): Promise<TlsWorld> {
    const issuer = new PrivateAuthority(new MemoryAuthorityStore(), new SystemClock());
    const { certificate } = await issuer.create(['localhost', '127.0.0.1']);
    const server = await issuer.server();
    if (server === null) throw new Error('no certificate for the server');
    return new TlsWorld(issuer, certificate, server);
  }

  /** The one that the tests of a file share. */
  static shared(): Promise<TlsWorld> {
    TlsWorld.made ??= TlsWorld.make();
    return TlsWorld.made;
  }

  get identity(): TlsIdentity {
    return { ...this.server, clientAuthorities: [this.authority] };
  }

  /** As a TLS client takes it. */
  async device(id: string): Promise<{ cert: string; key: string }> {
    const { certificate, privateKey } = await this.issuer.certifyDevice(id, null);
    return { cert: certificate, key: privateKey ?? '' };
  }
}
