// Handing a device over: the owner offers it by a link, and somebody takes it.
import { Controller, Param } from '@nestjs/common';
import { type PartingChoice, partingQuerySchema } from '#codecs/api';
import type { Actor } from '#domain/accounts';
import { Transfers } from '#domain/binding';
import { PublicUrl } from '#domain/devices';
import { Call } from './call.js';
import { By, Input, type InputOf, QueryOf } from './inputs.js';
import { transferPage } from './page-links.js';

@Controller()
export class TransfersController {
  constructor(
    private readonly transfers: Transfers,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Call('offerTransfer')
  async offer(
    @Param('deviceId') deviceId: string,
    @QueryOf(partingQuerySchema) { history }: PartingChoice,
    @By() by: Actor,
  ) {
    const { token, expiresAt } = await this.transfers.offer(deviceId, by, history === 'erase');
    return { url: transferPage(this.publicUrl.href, token), expiresAt };
  }

  @Call('withdrawTransfer')
  async withdraw(@Param('deviceId') deviceId: string, @By() by: Actor) {
    await this.transfers.withdraw(deviceId, by);
    return { done: true } as const;
  }

  @Call('lookAtTransfer')
  look(@Input() { token }: InputOf<'lookAtTransfer'>) {
    return this.transfers.look(token);
  }

  @Call('acceptTransfer')
  accept(@Input() { token, name }: InputOf<'acceptTransfer'>, @By() by: Actor) {
    return this.transfers.accept(by, token, name);
  }
}
