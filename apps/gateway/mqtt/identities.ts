// Who is at the door: a device by its certificate or its secret, or an application by its secret.
import { Injectable } from '@nestjs/common';
import type { DeviceIdentity, Identity, Login, PresentedCertificate } from '#adapters/broker';
import { Applications, applicationOf, mayBeClientOf } from '#domain/applications';
import { Credentials, type Device, DeviceStore } from '#domain/devices';
import { type DeviceFile, Intake } from '#domain/intake';

@Injectable()
export class Identities {
  constructor(
    private readonly credentials: Credentials,
    private readonly applications: Applications,
    private readonly devices: DeviceStore,
    private readonly intake: Intake,
  ) {}

  /** Null for a stranger, whatever is wrong. */
  async of(login: Login): Promise<Identity | null> {
    const { clientId, username, certificate } = login;
    if (certificate !== null) return this.byCertificate(clientId, username, certificate);
    const password = Buffer.from(login.password ?? []).toString();
    const applicationId = applicationOf(username ?? '');
    if (applicationId !== null) return this.application(applicationId, clientId, password);
    const isClaimedTwice = username === clientId && password !== '';
    return isClaimedTwice ? this.device(await this.credentials.check(clientId, password)) : null;
  }

  /** A certificate that is shown decides alone: a wrong one is not made good by a right password. */
  private async byCertificate(
    clientId: string,
    username: string | undefined,
    { isTrusted, name, fingerprint }: PresentedCertificate,
  ): Promise<Identity | null> {
    const isTheirs = name === clientId && (username === undefined || username === clientId);
    if (!isTrusted || !isTheirs) return null;
    return this.device(await this.credentials.checkCertificate(clientId, fingerprint));
  }

  private async application(id: string, clientId: string, password: string): Promise<Identity | null> {
    const application = await this.applications.check(id, password);
    if (application === null || !mayBeClientOf(id, clientId)) return null;
    return { kind: 'application', applicationId: id, ...application.rules };
  }

  /** Reads what deciding takes, so that a message finds it in memory. */
  private async device(device: Device | null): Promise<DeviceIdentity | null> {
    if (device === null) return null;
    const children = (await this.devices.childrenOf(device.id))
      .filter(({ revokedAt }) => revokedAt === null)
      .map(({ id }) => id);
    const ids = [device.id, ...children];
    await this.intake.prepare(ids);
    const files = await Promise.all(ids.map(id => this.intake.file(id)));
    const isVital = files.some(file => file?.product.safetyClass === 'L');
    const isRenewing = needsNewSecret(device, files[0] ?? null);
    return { kind: 'device', deviceId: device.id, children, isVital, isRenewing };
  }
}

/** What an earlier owner may have read out of the device is good for nothing but a new secret. */
function needsNewSecret({ secretEpoch }: Device, file: DeviceFile | null): boolean {
  if (!file?.product.renewsSecret) return false;
  return secretEpoch < file.binding.credentialEpoch;
}
