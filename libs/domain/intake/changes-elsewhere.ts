// What follows from a change that was stored elsewhere: of members, of operators, or of how people are reached.
import { Injectable } from '@nestjs/common';
import { OperatorChanges } from '#domain/accounts';
import { RecipientChanges } from '#domain/notices';
import { RightsChanges } from '#domain/sharing';
import { Aftermath } from './aftermath.js';
import { FileRoom } from './file-room.js';

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

/** Of devices that nobody owns the operators are told: who that is, is read anew. */
@Injectable()
export class OfficeChanges extends OperatorChanges {
  constructor(
    private readonly files: FileRoom,
    private readonly aftermath: Aftermath,
  ) {
    super();
  }

  async changed(accountId: string): Promise<void> {
    this.files.forgetWhere(({ binding }) => binding.ownerId === null);
    this.aftermath.belongings([accountId]);
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
