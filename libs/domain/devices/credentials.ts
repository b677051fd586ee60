// Who a device is, is told by its secret or its certificate and by nothing that it claims.
import { Injectable } from '@nestjs/common';
import { equalHashes, hashToken, newToken } from '#domain/accounts';
import { Clock } from '#domain/clock';
import type { Device, SecretRenewal } from './device.js';
import { DeviceStore } from './device.store.js';

/** What an unknown device, or one without a secret, is compared with: nobody can know it. */
const nobody = hashToken(newToken());

/** How long a credential of before still fetches a new one, from when one was first handed out. */
export const fetchMs = 24 * 60 * 60_000;

@Injectable()
export class Credentials {
  constructor(
    private readonly devices: DeviceStore,
    private readonly clock: Clock,
  ) {}

  /** Null alike for an unknown device, a revoked one and a wrong secret, after the same comparisons. */
  async check(deviceId: string, secret: string): Promise<Device | null> {
    const device = await this.devices.byId(deviceId);
    const shown = hashToken(secret);
    const isNew = equalHashes(device?.renewal?.secretHash ?? nobody, shown);
    const isRight = equalHashes(device?.secretHash ?? nobody, shown);
    if (device === null || device.revokedAt !== null) return null;
    const { renewal } = device;
    if (renewal !== null && isNew)
      return (await this.promote(device, renewal)) ?? this.check(deviceId, secret);
    return isRight && this.isStillGood(device) ? device : null;
  }

  /**
   * Null unless it is the one certificate that the device has: who was given a later one, or was revoked, is not let
   * in by a certificate that its authority would still vouch for.
   */
  async checkCertificate(deviceId: string, fingerprint: string): Promise<Device | null> {
    const device = await this.devices.byId(deviceId);
    const isRight = equalHashes(device?.certificateFingerprint ?? nobody, fingerprint);
    if (device === null || device.revokedAt !== null) return null;
    return isRight && this.isStillGood(device) ? device : null;
  }

  /** Its first use ends whatever was before it. Null when the device was given another one, or revoked, meanwhile. */
  private promote(device: Device, { secretHash, epoch }: SecretRenewal): Promise<Device | null> {
    return this.devices.replaceSecret(device, {
      secretHash,
      secretEpoch: epoch,
      renewal: null,
      certificateFingerprint: null,
    });
  }

  private isStillGood({ renewal }: Device): boolean {
    return renewal === null || this.clock.now() < renewal.handedAt + fetchMs;
  }
}
