// Who a device is, is told by its secret or its certificate and by nothing that it claims.
import { Injectable } from '@nestjs/common';
import { equalHashes, hashToken } from '#domain/accounts';
import type { Device } from './device.js';
import { DeviceStore } from './device.store.js';

const nobody = hashToken('the hash that an unknown device is compared with');

@Injectable()
export class Credentials {
  constructor(private readonly devices: DeviceStore) {}

  /** Null alike for an unknown device, a revoked one and a wrong secret, after the same comparison. */
  async check(deviceId: string, secret: string): Promise<Device | null> {
    const device = await this.devices.byId(deviceId);
    const isRight = equalHashes(device?.secretHash ?? nobody, hashToken(secret));
    return isRight ? valid(device) : null;
  }

  /**
   * Null unless it is the one certificate that the device has: who was given a later one, or was revoked, is not let
   * in by a certificate that its authority would still vouch for.
   */
  async checkCertificate(deviceId: string, fingerprint: string): Promise<Device | null> {
    const device = await this.devices.byId(deviceId);
    const isRight = equalHashes(device?.certificateFingerprint ?? nobody, fingerprint);
    return isRight ? valid(device) : null;
  }
}

function valid(device: Device | null): Device | null {
  return device?.revokedAt === null ? device : null;
}
