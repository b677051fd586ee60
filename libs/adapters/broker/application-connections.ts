// The connections of applications, for those who revoke them.
import { Injectable } from '@nestjs/common';
import { ApplicationLink } from '#domain/applications';
import { Sessions } from './sessions.js';

@Injectable()
export class ApplicationConnections extends ApplicationLink {
  constructor(private readonly sessions: Sessions) {
    super();
  }

  disconnect(applicationId: string): void {
    this.sessions.cutApplication(applicationId);
  }
}
