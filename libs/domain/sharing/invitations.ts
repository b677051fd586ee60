// Invitations: a link by which an owner, or a member who may share, lets one more person in.
import { Injectable } from '@nestjs/common';
import {
  type InvitationView,
  longestInvitationHours,
  mostInvitations,
  mostMembers,
  type SubjectView,
  type Terms,
} from '#codecs/api';
import { type Account, type Actor, hashToken, newId, newToken } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { type Circle, Circles } from './circles.js';
import { type Grant, type Invitation, isLive, type Subject } from './grant.js';
import { RightsChanges } from './rights-changes.js';
import { fullOf, type RoomForMore } from './room-for-more.js';
import { SharingStore } from './sharing.store.js';

const hourMs = 3_600_000;

export interface FreshInvitation {
  readonly id: string;
  /** Leaves the gateway now and is kept nowhere. */
  readonly token: string;
  readonly expiresAt: number;
}

@Injectable()
export class Invitations {
  constructor(
    private readonly sharing: SharingStore,
    private readonly circles: Circles,
    private readonly changes: RightsChanges,
    private readonly clock: Clock,
  ) {}

  /**
   * @param by has the right to share, and gives no more than they have
   * @throws DomainError `not-found`; `invalid-request` for more than one's own, an end that is over, or too many
   */
  async invite(
    subject: Subject,
    by: Account,
    terms: Terms & { validHours: number },
  ): Promise<FreshInvitation> {
    const circle = await this.circles.of(subject);
    if (circle === null) throw new DomainError('not-found');
    const now = this.clock.now();
    const token = newToken();
    const invitation: Invitation = {
      id: newId(),
      tokenHash: hashToken(token),
      subjectKind: subject.kind,
      subjectId: subject.id,
      epoch: circle.epoch,
      invitedBy: by.id,
      ...this.granted(circle, by, terms),
      createdAt: now,
      expiresAt: now + Math.min(terms.validHours, longestInvitationHours) * hourMs,
    };
    const room: RoomForMore = { now, people: mostMembers, invitations: mostInvitations };
    if (!(await this.sharing.invite(invitation, room))) throw await this.whyNot(circle, room);
    await this.changes.changed([], [circle.ownerId, by.id]);
    return { id: invitation.id, token, expiresAt: invitation.expiresAt };
  }

  /** What the link offers; looking does not use it. @throws DomainError `link-spent`, the same for every link that gives nothing. */
  async look(token: string, by: Account | null): Promise<InvitationView> {
    const { invitation, circle } = await this.standing(token);
    const { kind, name } = await this.circles.describe(circle);
    const { capabilities, until, expiresAt, invitedBy } = invitation;
    return {
      kind,
      name,
      by: await this.circles.personName(invitedBy),
      can: [...capabilities],
      until,
      expiresAt,
      isOwn: circle.ownerId === by?.id,
    };
  }

  /** @throws DomainError `link-spent`; `already-bound` to the owner, whose link it leaves unused. */
  async accept(token: string, by: Actor): Promise<SubjectView> {
    const { invitation, circle } = await this.standing(token);
    if (circle.ownerId === by.id) throw new DomainError('already-bound');
    const { id: invitationId, tokenHash: _, invitedBy, createdAt: __, expiresAt: ___, ...terms } = invitation;
    const since = this.clock.now();
    const grant: Grant = { ...terms, id: newId(), accountId: by.id, grantedBy: invitedBy, since };
    const rows = this.circles.rows(circle, 'joined', by, by.id);
    if (!(await this.sharing.accept(invitationId, grant, rows))) throw new DomainError('link-spent');
    await this.changes.changed(
      circle.devices.map(({ deviceId }) => deviceId),
      [...new Set([by.id, invitedBy, circle.ownerId])],
    );
    return this.circles.describe(circle);
  }

  /** By its owner, or by who made it. @throws DomainError `not-found`. */
  async withdraw(subject: Subject, invitationId: string, by: Account): Promise<void> {
    const [circle, open] = await Promise.all([this.circles.of(subject), this.sharing.invitationsOn(subject)]);
    const found = open.find(({ id }) => id === invitationId);
    const isTheirs = circle?.ownerId === by.id || found?.invitedBy === by.id;
    if (!circle || !found || !isTheirs || !(await this.sharing.withdraw(invitationId)))
      throw new DomainError('not-found');
    await this.changes.changed([], [...new Set([circle.ownerId, found.invitedBy])]);
  }

  /** What this person may give, out of which grant of theirs, and until when at the latest. */
  granted(
    circle: Circle,
    by: Account,
    { can, until }: Terms,
  ): Pick<Grant, 'capabilities' | 'until' | 'parentId'> {
    if (until !== null && until <= this.clock.now()) throw faulty('until', 'is over already');
    if (circle.ownerId === by.id) return { capabilities: can, until, parentId: null };
    const [parent] = circle.grants
      .filter(({ accountId, capabilities: own }) => accountId === by.id && own.includes('share'))
      .filter(({ capabilities: own }) => can.every(one => own.includes(one)))
      .sort((a, b) => (b.until ?? Infinity) - (a.until ?? Infinity));
    if (parent === undefined) throw faulty('can', 'is more than you may do yourself');
    const end = Math.min(until ?? Infinity, parent.until ?? Infinity);
    return { capabilities: can, until: Number.isFinite(end) ? end : null, parentId: parent.id };
  }

  /** Why the store let nobody in there. */
  async whyNot({ subject, epoch }: Circle, room: RoomForMore): Promise<DomainError> {
    const [grants, invitations] = await Promise.all([
      this.sharing.onSubjects([subject.id]),
      this.sharing.invitationsOn(subject),
    ]);
    switch (fullOf({ grants, invitations }, epoch, room)) {
      case 'people':
        return tooMany(`At most ${room.people} people are let in or invited.`);
      case 'invitations':
        return tooMany(`At most ${room.invitations} invitations wait at a time; withdraw one.`);
      case null:
        return new DomainError('not-found');
    }
  }

  private async standing(token: string): Promise<{ invitation: Invitation; circle: Circle }> {
    const invitation = await this.sharing.invitation(hashToken(token));
    const now = this.clock.now();
    if (invitation === null || invitation.expiresAt <= now || !isLive(invitation, now))
      throw new DomainError('link-spent');
    const circle = await this.circles.of({ kind: invitation.subjectKind, id: invitation.subjectId });
    if (circle === null || circle.epoch !== invitation.epoch) throw new DomainError('link-spent');
    return { invitation, circle };
  }
}

function faulty(field: string, message: string): DomainError {
  return new DomainError('invalid-request', { faults: [{ field, message }] });
}

function tooMany(detail: string): DomainError {
  return new DomainError('invalid-request', { detail });
}
