// What the sharing room needs from a store.
import type { LedgerRow } from '#domain/binding';
import type { AccessRequest, Grant, Invitation, Subject } from './grant.js';
import type { RoomForMore } from './room-for-more.js';

export abstract class SharingStore {
  abstract byId(grantId: string): Promise<Grant | null>;
  /** Of any epoch, oldest first; ended ones as long as nobody removed them. */
  abstract onSubjects(subjectIds: readonly string[]): Promise<Grant[]>;
  /** What this person holds, oldest first. */
  abstract ofAccount(accountId: string): Promise<Grant[]>;
  /** Those whose end has come. */
  abstract ended(now: number): Promise<Grant[]>;
  /**
   * Removes a grant with all that was given out of it, and writes the rows about what went.
   * @returns what went, the grant itself first; nothing: it was gone
   */
  abstract revoke(
    grantId: string,
    rowsOf: (gone: readonly Grant[]) => readonly LedgerRow[],
  ): Promise<Grant[]>;

  /**
   * False, and nothing is written, when the grant out of which it is given is gone, or there is no room on its subject,
   * however many come at once.
   */
  abstract invite(invitation: Invitation, room?: RoomForMore): Promise<boolean>;
  abstract invitation(tokenHash: string): Promise<Invitation | null>;
  /** Of any epoch, oldest first. */
  abstract invitationsOn(subject: Subject): Promise<Invitation[]>;
  /** False when it is gone. */
  abstract withdraw(invitationId: string): Promise<boolean>;
  /** Turns an invitation into a grant, once: of several callers at the same time one is told true. */
  abstract accept(invitationId: string, grant: Grant, ledger: readonly LedgerRow[]): Promise<boolean>;

  /**
   * Once a person, device and epoch: false when they have asked already, or `atMost` have, however many come at once.
   */
  abstract ask(request: AccessRequest, atMost?: number): Promise<boolean>;
  abstract requestsFor(deviceId: string): Promise<AccessRequest[]>;
  /** False when it is gone. */
  abstract turnAway(requestId: string): Promise<boolean>;
  /** Turns a request into a grant, once; false, and nothing is written, when it is gone or there is no room. */
  abstract letIn(
    requestId: string,
    grant: Grant,
    ledger: readonly LedgerRow[],
    room?: RoomForMore,
  ): Promise<boolean>;
  /** Removes what counts for nothing any more: of an epoch that is over, not used by its end, or never answered. */
  abstract prune(terms: { readonly endedBy: number; readonly askedBefore: number }): Promise<void>;
}
