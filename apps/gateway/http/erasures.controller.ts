// What devices recorded while they were the caller's, its erasure, and the keys that certificates are verified by.
import { Controller, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Account, Actor } from '#domain/accounts';
import { Certificates, certificateText, Erasures } from '#domain/erasure';
import { DomainError } from '#domain/errors';
import { Call, Stream } from './call.js';
import { By } from './inputs.js';

@Controller()
export class ErasuresController {
  constructor(
    private readonly erasures: Erasures,
    private readonly certificates: Certificates,
  ) {}

  @Call('past')
  past(@By() { id }: Account) {
    return this.erasures.pastOf(id);
  }

  @Call('erasePast')
  erase(@Param('pastId') pastId: string, @By() by: Actor) {
    return this.erasures.ask(by, ...periodOf(pastId));
  }

  @Call('erasure')
  show(@Param('pastId') pastId: string, @By() { id }: Account) {
    return this.erasures.of(id, ...periodOf(pastId));
  }

  /** Byte for byte what is verified: JSON that was written anew would not be. */
  @Stream('certificate')
  async certificate(@Param('pastId') pastId: string, @By() { id }: Account, @Res() reply: FastifyReply) {
    const { certificate } = await this.erasures.of(id, ...periodOf(pastId));
    if (certificate === null) throw new DomainError('not-found');
    reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="airbind-${pastId}.json"`)
      .send(certificateText(certificate));
  }

  @Call('certificateKeys')
  keys() {
    return this.certificates.publicKeys;
  }
}

/** `DEVICE.EPOCH`; whatever else it is, nobody has it. */
function periodOf(pastId: string): [deviceId: string, epoch: number] {
  const [, deviceId, epoch] = /^([^.]+)\.(\d{1,9})$/.exec(pastId) ?? [];
  if (deviceId === undefined) throw new DomainError('not-found');
  return [deviceId, Number(epoch)];
}
