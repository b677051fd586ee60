// The sharing room's store in memory, for tests and simulations.
import type { LedgerRow } from '#domain/binding';
import { type AccessRequest, type Grant, type Invitation, type Subject, withDescendants } from './grant.js';
import { endless, fullOf, type RoomForMore } from './room-for-more.js';
import { SharingStore } from './sharing.store.js';

export class MemorySharingStore extends SharingStore {
  readonly ledger: LedgerRow[] = [];
  private grants: readonly Grant[] = [];
  private invitations: readonly Invitation[] = [];
  private requests: readonly AccessRequest[] = [];

  constructor(private readonly presentEpoch: (deviceId: string) => number = () => 0) {
    super();
  }

  async byId(grantId: string): Promise<Grant | null> {
    return this.grants.find(({ id }) => id === grantId) ?? null;
  }

  async onSubjects(subjectIds: readonly string[]): Promise<Grant[]> {
    return oldestFirst(this.grants.filter(({ subjectId }) => subjectIds.includes(subjectId)));
  }

  async ofAccount(accountId: string): Promise<Grant[]> {
    return oldestFirst(this.grants.filter(grant => grant.accountId === accountId));
  }

  async ended(now: number): Promise<Grant[]> {
    return oldestFirst(this.grants.filter(({ until }) => until !== null && until <= now));
  }

  async revoke(grantId: string, rowsOf: (gone: readonly Grant[]) => readonly LedgerRow[]): Promise<Grant[]> {
    const gone = withDescendants(this.grants, grantId);
    if (gone.length > 0) this.ledger.push(...rowsOf(gone));
    this.drop(gone);
    return gone;
  }

  async invite(invitation: Invitation, room: RoomForMore = endless): Promise<boolean> {
    const { parentId } = invitation;
    if (parentId !== null && !this.grants.some(({ id }) => id === parentId)) return false;
    if (this.isFull(invitation, room)) return false;
    this.invitations = [...this.invitations, invitation];
    return true;
  }

  async invitation(tokenHash: string): Promise<Invitation | null> {
    return this.invitations.find(invitation => invitation.tokenHash === tokenHash) ?? null;
  }

  async invitationsOn({ kind, id }: Subject): Promise<Invitation[]> {
    return this.invitations.filter(({ subjectKind, subjectId }) => subjectKind === kind && subjectId === id);
  }

  async withdraw(invitationId: string): Promise<boolean> {
    const before = this.invitations.length;
    this.invitations = this.invitations.filter(({ id }) => id !== invitationId);
    return this.invitations.length < before;
  }

  async accept(invitationId: string, grant: Grant, ledger: readonly LedgerRow[]): Promise<boolean> {
    return (await this.withdraw(invitationId)) && this.put(grant, ledger);
  }

  async ask(request: AccessRequest, atMost = Number.POSITIVE_INFINITY): Promise<boolean> {
    const isThere = ({ deviceId, epoch }: AccessRequest) =>
      deviceId === request.deviceId && epoch === request.epoch;
    if (this.requests.filter(isThere).length >= atMost) return false;
    const isSame = ({ deviceId, epoch, accountId }: AccessRequest) =>
      deviceId === request.deviceId && epoch === request.epoch && accountId === request.accountId;
    if (this.requests.some(isSame)) return false;
    this.requests = [...this.requests, request];
    return true;
  }

  async requestsFor(deviceId: string): Promise<AccessRequest[]> {
    return this.requests.filter(request => request.deviceId === deviceId).sort((a, b) => a.at - b.at);
  }

  async turnAway(requestId: string): Promise<boolean> {
    const before = this.requests.length;
    this.requests = this.requests.filter(({ id }) => id !== requestId);
    return this.requests.length < before;
  }

  async letIn(
    requestId: string,
    grant: Grant,
    ledger: readonly LedgerRow[],
    room: RoomForMore = endless,
  ): Promise<boolean> {
    return !this.isFull(grant, room) && (await this.turnAway(requestId)) && this.put(grant, ledger);
  }

  async prune({ endedBy, askedBefore }: { endedBy: number; askedBefore: number }): Promise<void> {
    const isOver = (deviceId: string, epoch: number) => epoch < this.presentEpoch(deviceId);
    this.drop(this.grants.filter(grant => isOfDevice(grant) && isOver(grant.subjectId, grant.epoch)));
    this.invitations = this.invitations
      .filter(({ expiresAt }) => expiresAt > endedBy)
      .filter(offer => !isOfDevice(offer) || !isOver(offer.subjectId, offer.epoch));
    this.requests = this.requests
      .filter(({ at }) => at >= askedBefore)
      .filter(({ deviceId, epoch }) => !isOver(deviceId, epoch));
  }

  private isFull(one: Omit<Grant, 'accountId' | 'grantedBy' | 'since'>, room: RoomForMore): boolean {
    const isThere = ({ subjectKind, subjectId }: Pick<Grant, 'subjectKind' | 'subjectId'>) =>
      subjectKind === one.subjectKind && subjectId === one.subjectId;
    const crowd = {
      grants: this.grants.filter(isThere),
      invitations: this.invitations.filter(isThere),
    };
    return fullOf(crowd, one.epoch, room) !== null;
  }

  private put(grant: Grant, ledger: readonly LedgerRow[]): boolean {
    this.grants = [...this.grants, grant];
    this.ledger.push(...ledger);
    return true;
  }

  /** What was offered out of a grant goes with it. */
  private drop(gone: readonly Grant[]): void {
    const ids = new Set(gone.map(({ id }) => id));
    this.grants = this.grants.filter(({ id }) => !ids.has(id));
    this.invitations = this.invitations.filter(({ parentId }) => parentId === null || !ids.has(parentId));
  }
}

const isOfDevice = ({ subjectKind }: Pick<Grant, 'subjectKind'>) => subjectKind === 'device';

function oldestFirst(grants: readonly Grant[]): Grant[] {
  return [...grants].sort((a, b) => a.since - b.since || a.id.localeCompare(b.id));
}
