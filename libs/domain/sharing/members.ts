// Members: who was let in, and how that ends: by the owner, by whoever let them in, by themselves, or by its time.
import { Injectable } from '@nestjs/common';
import type { CircleView, MemberView, RequestView, ShareView } from '#codecs/api';
import type { Account, Actor, Doer } from '#domain/accounts';
import type { SharingWhat } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { type Circle, Circles } from './circles.js';
import { type Grant, isLive, type Subject, withDescendants } from './grant.js';
import { RightsChanges } from './rights-changes.js';
import { SharingStore } from './sharing.store.js';

/** What it is to those who were let in by somebody whose own right has ended like that. */
const taken: Partial<Readonly<Record<SharingWhat, SharingWhat>>> = { left: 'revoked' };

const weekMs = 7 * 86_400_000;

@Injectable()
export class Members {
  constructor(
    private readonly sharing: SharingStore,
    private readonly circles: Circles,
    private readonly changes: RightsChanges,
    private readonly clock: Clock,
  ) {}

  /** All to the owner; to a member who may share, those who came in by them. @throws DomainError `not-found`. */
  async list(subject: Subject, by: Account): Promise<CircleView> {
    const circle = await this.circleOf(subject);
    const isOwner = circle.ownerId === by.id;
    const members = isOwner ? circle.grants : fromHands(circle, by);
    const open = (await this.sharing.invitationsOn(subject)).filter(
      ({ expiresAt, epoch, invitedBy }) =>
        expiresAt > this.clock.now() && epoch === circle.epoch && (isOwner || invitedBy === by.id),
    );
    return {
      members: await Promise.all(members.map(grant => this.memberView(grant))),
      invitations: await Promise.all(
        open.map(async ({ id, capabilities, until, createdAt, expiresAt, invitedBy }) => ({
          ...{ id, until, createdAt, expiresAt },
          can: [...capabilities],
          by: await this.circles.personName(invitedBy),
        })),
      ),
      requests: isOwner && subject.kind === 'device' ? await this.requests(circle) : [],
    };
  }

  /** With everybody whom that member let in. @throws DomainError `not-found`, also for who came in by somebody else. */
  async revoke(subject: Subject, grantId: string, by: Actor): Promise<void> {
    const circle = await this.circleOf(subject);
    const among = circle.ownerId === by.id ? circle.grants : fromHands(circle, by);
    if (!among.some(({ id }) => id === grantId)) throw new DomainError('not-found');
    if (!(await this.end(circle, grantId, 'revoked', by))) throw new DomainError('not-found');
  }

  /** What others share with this person. */
  async shares(by: Account): Promise<ShareView[]> {
    const held = await this.sharing.ofAccount(by.id);
    const shares = await Promise.all(held.map(grant => this.shareView(grant)));
    return shares.filter(share => share !== null);
  }

  /** Whoever leaves takes along those whom they let in. @throws DomainError `not-found`. */
  async leave(grantId: string, by: Doer): Promise<void> {
    const grant = await this.sharing.byId(grantId);
    if (grant?.accountId !== by.id) throw new DomainError('not-found');
    const circle = await this.circles.of({ kind: grant.subjectKind, id: grant.subjectId });
    if (circle === null) await this.sharing.revoke(grantId, () => []);
    else if (!(await this.end(circle, grantId, 'left', by))) throw new DomainError('not-found');
  }

  /** Ends what has come to its end. A door asks for the time by itself; this tells the pages, and the intake. */
  async endExpired(): Promise<void> {
    for (const grant of await this.sharing.ended(this.clock.now())) {
      const circle = await this.circles.of({ kind: grant.subjectKind, id: grant.subjectId });
      if (circle === null) await this.sharing.revoke(grant.id, () => []);
      else await this.end(circle, grant.id, 'share-ended', null);
    }
  }

  /** Removes what counts for nothing any more. */
  prune(): Promise<void> {
    const now = this.clock.now();
    return this.sharing.prune({ endedBy: now, askedBefore: now - weekMs });
  }

  /** False when it had ended already, by itself or with the grant that it came out of. */
  private async end(circle: Circle, grantId: string, what: SharingWhat, by: Doer | null): Promise<boolean> {
    const gone = await this.sharing.revoke(grantId, ended =>
      ended.flatMap(({ id, accountId }) =>
        this.circles.rows(circle, id === grantId ? what : (taken[what] ?? what), by, accountId),
      ),
    );
    if (gone.length === 0) return false;
    const people = gone.flatMap(({ accountId, grantedBy }) => [accountId, grantedBy]);
    await this.changes.changed(
      circle.devices.map(({ deviceId }) => deviceId),
      [...new Set([circle.ownerId, ...people])],
    );
    return true;
  }

  private async circleOf(subject: Subject): Promise<Circle> {
    const circle = await this.circles.of(subject);
    if (circle === null) throw new DomainError('not-found');
    return circle;
  }

  private async memberView({
    id,
    accountId,
    capabilities,
    since,
    until,
    grantedBy,
  }: Grant): Promise<MemberView> {
    const [name, by] = await Promise.all([accountId, grantedBy].map(who => this.circles.personName(who)));
    return { id, name: name ?? '', can: [...capabilities], since, until, by: by ?? '' };
  }

  private async shareView(grant: Grant): Promise<ShareView | null> {
    const circle = await this.circles.of({ kind: grant.subjectKind, id: grant.subjectId });
    if (circle?.epoch !== grant.epoch || !isLive(grant, this.clock.now())) return null;
    const [subject, owner] = await Promise.all([
      this.circles.describe(circle),
      this.circles.personName(circle.ownerId),
    ]);
    const { id, capabilities, since, until } = grant;
    return { id, subject, owner, can: [...capabilities], since, until };
  }

  private async requests({ subject, epoch }: Circle): Promise<RequestView[]> {
    const asked = (await this.sharing.requestsFor(subject.id)).filter(request => request.epoch === epoch);
    return Promise.all(
      asked.map(async ({ id, accountId, at }) => ({
        id,
        at,
        name: await this.circles.personName(accountId),
      })),
    );
  }
}

/** Those who came in by this member, and by those in turn. */
function fromHands({ grants }: Circle, by: Account): Grant[] {
  const own = grants.filter(({ accountId }) => accountId === by.id);
  return own.flatMap(({ id }) => withDescendants(grants, id).filter(grant => grant.id !== id));
}
