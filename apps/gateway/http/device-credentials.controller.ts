// By what a device is known: a new secret, a certificate, or nothing any more.
import { Controller, Param } from '@nestjs/common';
import { Locksmith } from '#domain/devices';
import { Call } from './call.js';
import { Input, type InputOf } from './inputs.js';

@Controller()
export class DeviceCredentialsController {
  constructor(private readonly locksmith: Locksmith) {}

  @Call('revokeDevice')
  async revoke(@Param('deviceId') deviceId: string) {
    await this.locksmith.revoke(deviceId);
    return { done: true } as const;
  }

  @Call('reissueDevice')
  async reissue(@Param('deviceId') deviceId: string) {
    return { deviceId, ...(await this.locksmith.reissue(deviceId)) };
  }

  @Call('certifyDevice')
  async certify(@Param('deviceId') deviceId: string, @Input() { request }: InputOf<'certifyDevice'>) {
    const { certificate, privateKey, authority } = await this.locksmith.certify(deviceId, request ?? null);
    return { deviceId, certificate, privateKey, authority };
  }

  @Call('certifyDevices')
  async certifyAll(@Input() { deviceIds }: InputOf<'certifyDevices'>) {
    const made = await this.locksmith.certifyAll(deviceIds);
    return made.map(({ fingerprint: _, ...pair }) => pair);
  }

  @Call('registerCertificate')
  async register(
    @Param('deviceId') deviceId: string,
    @Input() { certificate }: InputOf<'registerCertificate'>,
  ) {
    return { deviceId, ...(await this.locksmith.register(deviceId, certificate)) };
  }
}
