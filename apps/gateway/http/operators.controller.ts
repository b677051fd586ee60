// Operators: who they are, the link by which one more comes in, and how one goes.
import { Controller, Param } from '@nestjs/common';
import { type Account, type Actor, Operators } from '#domain/accounts';
import { PublicUrl } from '#domain/devices';
import { Call } from './call.js';
import { By, ByAnyone } from './inputs.js';
import { operatorPage } from './page-links.js';

const done = { done: true } as const;

@Controller()
export class OperatorsController {
  constructor(
    private readonly operators: Operators,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Call('operators')
  list(@By() by: Actor) {
    return this.operators.list(by);
  }

  @Call('makeOperatorLink')
  async invite(@By() by: Actor) {
    const { token, expiresAt } = await this.operators.invite(by);
    return { url: operatorPage(this.publicUrl.href, token), expiresAt };
  }

  @Call('withdrawOperatorLink')
  async withdraw(@By() by: Actor) {
    await this.operators.withdraw(by);
    return done;
  }

  @Call('removeOperator')
  async remove(@Param('accountId') accountId: string, @By() by: Actor) {
    await this.operators.remove(accountId, by);
    return done;
  }

  @Call('operatorOffer')
  look(@Param('token') token: string, @ByAnyone() by: Account | null) {
    return this.operators.look(token, by);
  }

  @Call('becomeOperator')
  async become(@Param('token') token: string, @By() by: Actor) {
    await this.operators.accept(token, by);
    return done;
  }
}
