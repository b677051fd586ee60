// The connections of applications and what is kept for their clients, for those who revoke them.
import { Injectable } from '@nestjs/common';
import { ApplicationLink, mayBeClientOf } from '#domain/applications';
import { Mailboxes } from './mailboxes.js';
import { Sessions } from './sessions.js';

@Injectable()
export class ApplicationConnections extends ApplicationLink {
  constructor(
    private readonly sessions: Sessions,
    private readonly mailboxes: Mailboxes,
  ) {
    super();
  }

  disconnect(applicationId: string): void {
    this.sessions.cutApplication(applicationId);
  }

  async forget(applicationId: string): Promise<void> {
    this.disconnect(applicationId);
    // A login that was granted before may still be on its way to a session that is kept: it comes too late.
    for (const { mailbox } of this.sessions.ofApplication(applicationId)) mailbox.end();
    await this.mailboxes.endWhere(clientId => mayBeClientOf(applicationId, clientId));
  }
}
