// The sessions that outlast their connections, counted: of all clients together, and of each application.
import { applicationOfClient } from '#domain/applications';
import type { BrokerLimits } from './broker-settings.js';
import type { Mailbox } from './mailbox.js';

export class KeptSessions {
  private readonly byClient = new Map<string, Mailbox>();
  private readonly ofApplication = new Map<string, number>();

  constructor(private readonly limits: Pick<BrokerLimits, 'keptSessions' | 'keptSessionsPerApplication'>) {}

  get size(): number {
    return this.byClient.size;
  }

  get(clientId: string): Mailbox | undefined {
    return this.byClient.get(clientId);
  }

  all(): Iterable<Mailbox> {
    return this.byClient.values();
  }

  /** Why no session may be kept for one more client; null while there is room. */
  fullnessFor(clientId: string): 'sessions-full' | 'application-sessions-full' | null {
    const { keptSessions, keptSessionsPerApplication } = this.limits;
    const applicationId = applicationOfClient(clientId);
    const isFull = applicationId !== null && this.heldBy(applicationId) >= keptSessionsPerApplication;
    if (isFull) return 'application-sessions-full';
    return this.size < keptSessions ? null : 'sessions-full';
  }

  add(mailbox: Mailbox): void {
    const { clientId } = mailbox;
    if (!this.byClient.has(clientId)) this.count(clientId, 1);
    this.byClient.set(clientId, mailbox);
  }

  delete(clientId: string): void {
    if (this.byClient.delete(clientId)) this.count(clientId, -1);
  }

  private heldBy(applicationId: string): number {
    return this.ofApplication.get(applicationId) ?? 0;
  }

  private count(clientId: string, by: 1 | -1): void {
    const applicationId = applicationOfClient(clientId);
    if (applicationId === null) return;
    const held = this.heldBy(applicationId) + by;
    if (held > 0) this.ofApplication.set(applicationId, held);
    else this.ofApplication.delete(applicationId);
  }
}
