// What follows from a change that was stored elsewhere: of a device's owner, its members, or a person's endpoints.
import { Injectable } from '@nestjs/common';
import { type Binding, BindingChanges, type News } from '#domain/binding';
import { type Recipient, RecipientChanges, usualPreferences } from '#domain/notices';
import { RightsChanges } from '#domain/sharing';
import { Aftermath } from './aftermath.js';
import { FileRoom } from './file-room.js';
import { Intake } from './intake.js';
import { Matters } from './matters.js';

@Injectable()
export class OwnerChanges extends BindingChanges {
  constructor(
    private readonly files: FileRoom,
    private readonly intake: Intake,
    private readonly aftermath: Aftermath,
    private readonly matters: Matters,
  ) {
    super();
  }

  async changed(next: Binding, before: Binding): Promise<void> {
    // Of before: with the change of owner the file is read anew.
    const members = this.files.get(next.deviceId)?.members ?? [];
    if (next.epoch === before.epoch) this.files.rebind(next);
    else await this.intake.changeOwner(before, this.formerRecipients(before));
    this.aftermath.binding(next, { binding: before, members });
  }

  async tell({ matter, id, accountId, before, said }: News): Promise<void> {
    await this.matters.tell({ deviceId: before.deviceId, matter, id, to: [accountId], before, said });
  }

  private formerRecipients({ deviceId, ownerId }: Binding): readonly Recipient[] {
    const told = this.files.get(deviceId)?.recipients;
    return (
      told ?? (ownerId === null ? [] : [{ accountId: ownerId, endpoints: [], preferences: usualPreferences }])
    );
  }
}

/** A member came or went: who is told, and who may look, is read anew, and the pages ask for what is theirs now. */
@Injectable()
export class MemberChanges extends RightsChanges {
  constructor(
    private readonly files: FileRoom,
    private readonly aftermath: Aftermath,
  ) {
    super();
  }

  async changed(deviceIds: readonly string[], accountIds: readonly string[]): Promise<void> {
    this.files.forget(deviceIds);
    this.aftermath.belongings(accountIds);
  }
}

@Injectable()
export class EndpointChanges extends RecipientChanges {
  constructor(private readonly files: FileRoom) {
    super();
  }

  async changed(accountId: string): Promise<void> {
    this.files.forgetWhere(({ recipients }) =>
      recipients.some(recipient => recipient.accountId === accountId),
    );
  }

  async homeChanged(homeId: string): Promise<void> {
    this.files.forgetWhere(({ home }) => home?.id === homeId);
  }
}
