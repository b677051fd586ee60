// The locksmith: makes a device another key, registers its certificate, or locks it out; what it had is void at once.
import { Injectable } from '@nestjs/common';
import { hashToken, newToken } from '#domain/accounts';
import { type DeviceCertificate, factsOf, PrivateAuthority } from '#domain/certificates';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import type { Device, DeviceCredential } from './device.js';
import { DeviceStore } from './device.store.js';
import { DeviceLink } from './device-link.js';

@Injectable()
export class Locksmith {
  constructor(
    private readonly devices: DeviceStore,
    private readonly authority: PrivateAuthority,
    private readonly link: DeviceLink,
    private readonly clock: Clock,
  ) {}

  /** Neither its secret nor its certificate lets it in any more. @throws DomainError `not-found`. */
  async revoke(deviceId: string): Promise<Device> {
    return this.change(deviceId, { revokedAt: this.clock.now() });
  }

  /**
   * A new secret, the only thing by which the device gets in from now on; it ends a revocation.
   * @throws DomainError `not-found`.
   */
  async reissue(deviceId: string): Promise<{ secret: string }> {
    const secret = newToken();
    await this.change(deviceId, {
      secretHash: hashToken(secret),
      secretEpoch: await this.devices.secretsSince(deviceId),
      renewal: null,
      certificateFingerprint: null,
      revokedAt: null,
    });
    return { secret };
  }

  /**
   * A new secret for a device whose owner has lost it, in the place of one that it was handed and has not used. What
   * it had until now ends when it uses this one, a day after the first of them was handed out at the latest.
   * @throws DomainError `not-found`.
   */
  async renew(deviceId: string): Promise<{ secret: string }> {
    const device = await this.required(deviceId);
    const secret = newToken();
    const epoch = await this.devices.secretsSince(deviceId);
    const handedAt = device.renewal?.epoch === epoch ? device.renewal.handedAt : this.clock.now();
    // The connection stays: it is the one by which the secret goes out.
    await this.devices.putCredential(deviceId, {
      renewal: { secretHash: hashToken(secret), epoch, handedAt },
    });
    return { secret };
  }

  /**
   * A certificate of the private authority, beside the secret and in the place of an earlier certificate.
   * @param request a PKCS #10 request as PEM, for a key that stays in the device; null: a key is made, and not kept
   * @throws DomainError `not-found`, `no-authority`, or `invalid-request` for what is no request.
   */
  async certify(deviceId: string, request: string | null): Promise<DeviceCertificate> {
    await this.required(deviceId);
    const made = await this.authority.certifyDevice(deviceId, request);
    await this.change(deviceId, { certificateFingerprint: made.fingerprint });
    return made;
  }

  /**
   * The same for devices of a batch: all of them get one, or none. @throws as `certify`.
   * @returns in the order asked for
   */
  async certifyAll(deviceIds: readonly string[]): Promise<(DeviceCertificate & { deviceId: string })[]> {
    const wanted = [...new Set(deviceIds)];
    const devices = await this.devices.byIds(wanted);
    if (devices.length < wanted.length) throw new DomainError('not-found');
    const made: (DeviceCertificate & { deviceId: string })[] = [];
    for (const deviceId of wanted)
      made.push({ deviceId, ...(await this.authority.certifyDevice(deviceId, null)) });
    await this.devices.putCertificates(
      new Map(made.map(({ deviceId, fingerprint }) => [deviceId, fingerprint])),
    );
    for (const device of devices) this.link.disconnect(device.parentId ?? device.id);
    return made;
  }

  /**
   * A certificate of the operator's own authority (MQTT_TLS_CA); its subject must be the device.
   * @throws DomainError `not-found`, `invalid-request`.
   */
  async register(deviceId: string, certificate: string): Promise<{ fingerprint: string }> {
    const facts = factsOf(certificate);
    if (facts?.name !== deviceId) {
      const message = `takes a certificate as PEM whose subject's common name is ${deviceId}`;
      throw new DomainError('invalid-request', { faults: [{ field: 'certificate', message }] });
    }
    await this.change(deviceId, { certificateFingerprint: facts.fingerprint });
    return { fingerprint: facts.fingerprint };
  }

  /** Stored first, so that whoever is cut off does not come in again by what it had. */
  private async change(deviceId: string, change: Partial<DeviceCredential>): Promise<Device> {
    const device = await this.devices.putCredential(deviceId, change);
    if (device === null) throw new DomainError('not-found');
    // A child speaks through its hub, which learns at its next login for whom it may.
    this.link.disconnect(device.parentId ?? deviceId);
    return device;
  }

  private async required(deviceId: string): Promise<Device> {
    const device = await this.devices.byId(deviceId);
    if (device === null) throw new DomainError('not-found');
    return device;
  }
}
