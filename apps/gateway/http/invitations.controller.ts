// An invitation in the hands of whoever got the link, and what others share with the caller.
import { Controller, Param } from '@nestjs/common';
import type { Account, Actor } from '#domain/accounts';
import { Invitations, Members } from '#domain/sharing';
import { Call } from './call.js';
import { By, ByAnyone } from './inputs.js';

@Controller()
export class InvitationsController {
  constructor(
    private readonly invitations: Invitations,
    private readonly members: Members,
  ) {}

  @Call('invitation')
  look(@Param('token') token: string, @ByAnyone() by: Account | null) {
    return this.invitations.look(token, by);
  }

  @Call('acceptInvitation')
  accept(@Param('token') token: string, @By() by: Actor) {
    return this.invitations.accept(token, by);
  }

  @Call('shares')
  shares(@By() by: Actor) {
    return this.members.shares(by);
  }

  @Call('leave')
  async leave(@Param('grantId') grantId: string, @By() by: Actor) {
    await this.members.leave(grantId, by);
    return { done: true } as const;
  }
}
