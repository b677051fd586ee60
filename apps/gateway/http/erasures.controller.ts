// What devices recorded while they were the caller's, its erasure, and the keys that certificates are verified by.
import { Controller, Param } from '@nestjs/common';
import type { Account, Actor } from '#domain/accounts';
import { Certificates, Erasures } from '#domain/erasure';
import { DomainError } from '#domain/errors';
import { Call } from './call.js';
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
