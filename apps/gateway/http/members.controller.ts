// Members of a device or a home: who they are, letting one more in, and ending it.
import { Controller, Param } from '@nestjs/common';
import type { Account, Actor } from '#domain/accounts';
import { PublicUrl } from '#domain/devices';
import { Doorbell, type FreshInvitation, Invitations, Members, type Subject } from '#domain/sharing';
import { Call } from './call.js';
import { By, Input, type InputOf } from './inputs.js';
import { invitationPage } from './page-links.js';

const device = (id: string): Subject => ({ kind: 'device', id });
const home = (id: string): Subject => ({ kind: 'home', id });
const done = { done: true } as const;

@Controller()
export class MembersController {
  constructor(
    private readonly members: Members,
    private readonly invitations: Invitations,
    private readonly doorbell: Doorbell,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Call('deviceMembers')
  ofDevice(@Param('deviceId') deviceId: string, @By() by: Account) {
    return this.members.list(device(deviceId), by);
  }

  @Call('homeMembers')
  ofHome(@Param('homeId') homeId: string, @By() by: Account) {
    return this.members.list(home(homeId), by);
  }

  @Call('inviteToDevice')
  async inviteToDevice(
    @Param('deviceId') deviceId: string,
    @Input() terms: InputOf<'inviteToDevice'>,
    @By() by: Account,
  ) {
    return this.linked(await this.invitations.invite(device(deviceId), by, terms));
  }

  @Call('inviteToHome')
  async inviteToHome(
    @Param('homeId') homeId: string,
    @Input() terms: InputOf<'inviteToHome'>,
    @By() by: Account,
  ) {
    return this.linked(await this.invitations.invite(home(homeId), by, terms));
  }

  @Call('withdrawFromDevice')
  async withdrawFromDevice(
    @Param('deviceId') deviceId: string,
    @Param('invitationId') invitationId: string,
    @By() by: Account,
  ) {
    await this.invitations.withdraw(device(deviceId), invitationId, by);
    return done;
  }

  @Call('withdrawFromHome')
  async withdrawFromHome(
    @Param('homeId') homeId: string,
    @Param('invitationId') invitationId: string,
    @By() by: Account,
  ) {
    await this.invitations.withdraw(home(homeId), invitationId, by);
    return done;
  }

  @Call('revokeOnDevice')
  async revokeOnDevice(
    @Param('deviceId') deviceId: string,
    @Param('grantId') grantId: string,
    @By() by: Actor,
  ) {
    await this.members.revoke(device(deviceId), grantId, by);
    return done;
  }

  @Call('revokeInHome')
  async revokeInHome(@Param('homeId') homeId: string, @Param('grantId') grantId: string, @By() by: Actor) {
    await this.members.revoke(home(homeId), grantId, by);
    return done;
  }

  @Call('letIn')
  async letIn(
    @Param('deviceId') deviceId: string,
    @Param('requestId') requestId: string,
    @Input() terms: InputOf<'letIn'>,
    @By() by: Actor,
  ) {
    await this.doorbell.letIn(deviceId, requestId, by, terms);
    return done;
  }

  @Call('turnAway')
  async turnAway(@Param('deviceId') deviceId: string, @Param('requestId') requestId: string) {
    await this.doorbell.turnAway(deviceId, requestId);
    return done;
  }

  private linked({ id, token, expiresAt }: FreshInvitation) {
    return { id, url: invitationPage(this.publicUrl.href, token), expiresAt };
  }
}
