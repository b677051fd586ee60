// Opening an account: as the first operator by the printed link, or as a resident.
import { Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Households } from '#domain/homes';
import { Call } from './call.js';
import { Input, type InputOf, QueryOf } from './inputs.js';
import { machineTimeZone } from './machine-time-zone.js';
import { type AsToken, asToken, OpenedSessions } from './opened-sessions.js';

@Controller()
export class AccountsController {
  constructor(
    private readonly households: Households,
    private readonly opened: OpenedSessions,
  ) {}

  @Call('firstOperator')
  async openFirstOperator(
    @Input() { token, ...newcomer }: InputOf<'firstOperator'>,
    @QueryOf(asToken) query: AsToken,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const timeZone = machineTimeZone();
    const account = await this.households.openFirstOperator(token, { ...newcomer, timeZone });
    return this.opened.open(account, query, reply);
  }

  @Call('signUp')
  async signUp(
    @Input() newcomer: InputOf<'signUp'>,
    @QueryOf(asToken) query: AsToken,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const account = await this.households.openResident({ ...newcomer, timeZone: machineTimeZone() });
    return this.opened.open(account, query, reply);
  }
}
