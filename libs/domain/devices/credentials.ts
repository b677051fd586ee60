// Who a device is, is told by its secret and by nothing that it claims.
import { Injectable } from '@nestjs/common';
import { equalHashes, hashToken } from '#domain/accounts';
import type { Device } from './device.js';
import { DeviceStore } from './device.store.js';

const nobody = hashToken('the hash that an unknown device is compared with');

@Injectable()
export class Credentials {
  constructor(private readonly devices: DeviceStore) {}

  /** Null alike for an unknown device and a wrong secret, after the same comparison. */
  async check(deviceId: string, secret: string): Promise<Device | null> {
    const device = await this.devices.byId(deviceId);
    const isRight = equalHashes(device?.secretHash ?? nobody, hashToken(secret));
    return isRight ? device : null;
  }
}
