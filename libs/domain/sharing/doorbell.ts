// The doorbell: what the code of an owned device opens for others, and how a stranger asks to be let in.
import { Injectable } from '@nestjs/common';
import { mostMembers, mostRequests, type Terms, type TicketView } from '#codecs/api';
import { type Account, type Actor, Attempts, newId } from '#domain/accounts';
import { Bindings, Scans } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { type Circle, Circles } from './circles.js';
import type { AccessRequest, Grant } from './grant.js';
import { Invitations } from './invitations.js';
import { Rights } from './rights.js';
import { RightsChanges } from './rights-changes.js';
import { endless, type RoomForMore } from './room-for-more.js';
import { SharingStore } from './sharing.store.js';

@Injectable()
export class Doorbell {
  constructor(
    private readonly bindings: Bindings,
    private readonly scans: Scans,
    private readonly sharing: SharingStore,
    private readonly circles: Circles,
    private readonly rights: Rights,
    private readonly invitations: Invitations,
    private readonly attempts: Attempts,
    private readonly changes: RightsChanges,
    private readonly clock: Clock,
  ) {}

  /** As the binding shows it, and to a member the way to the device. */
  async look(text: string, by: Account | null): Promise<TicketView> {
    const view = await this.bindings.look(text, by);
    if (view.view !== 'stranger' || by === null) return view;
    const { binding } = await this.scans.of(text);
    const { deviceId } = binding;
    const standing = await this.rights.standingOn(binding, by);
    if (standing?.as === 'member' && standing.may.includes('look'))
      return { view: 'member', product: view.product, deviceId };
    const asked = await this.openRequests(deviceId, binding.epoch);
    return { ...view, asked: asked.some(({ accountId }) => accountId === by.id) };
  }

  /**
   * Answers alike whether there is an owner to ask or not; asking twice is asking once.
   * @throws DomainError `not-our-code`, `old-label`, `too-many-attempts` for who asks at many doors
   */
  async ask(text: string, by: Account): Promise<void> {
    this.attempts.begin([`ask account ${by.id}`]);
    const view = await this.look(text, by);
    if (view.view !== 'stranger' || view.asked) return;
    const { device } = await this.scans.of(text);
    const circle = await this.circles.of({ kind: 'device', id: device.id });
    if (circle === null) return;
    const { subject, epoch, ownerId } = circle;
    const request: AccessRequest = {
      id: newId(),
      deviceId: subject.id,
      epoch,
      accountId: by.id,
      at: this.clock.now(),
    };
    if (await this.sharing.ask(request, mostRequests)) await this.changes.changed([], [ownerId]);
  }

  /** @param by the owner. @throws DomainError `not-found`; `invalid-request` when as many are in as may be */
  async letIn(deviceId: string, requestId: string, by: Actor, terms: Terms): Promise<void> {
    const { circle, request } = await this.asked(deviceId, requestId);
    const grant: Grant = {
      id: newId(),
      subjectKind: 'device',
      subjectId: deviceId,
      epoch: circle.epoch,
      accountId: request.accountId,
      grantedBy: by.id,
      ...this.invitations.granted(circle, by, terms),
      since: this.clock.now(),
    };
    // No more wait to come in by it: what waits already is counted as people.
    const room: RoomForMore = { ...endless, now: grant.since, people: mostMembers };
    const rows = this.circles.rows(circle, 'let-in', by, request.accountId);
    if (!(await this.sharing.letIn(requestId, grant, rows, room)))
      throw await this.invitations.whyNot(circle, room);
    await this.changes.changed([deviceId], [request.accountId, circle.ownerId]);
  }

  /** Whoever asked learns nothing of it. @throws DomainError `not-found`. */
  async turnAway(deviceId: string, requestId: string): Promise<void> {
    const { circle } = await this.asked(deviceId, requestId);
    if (!(await this.sharing.turnAway(requestId))) throw new DomainError('not-found');
    await this.changes.changed([], [circle.ownerId]);
  }

  private async asked(
    deviceId: string,
    requestId: string,
  ): Promise<{ circle: Circle; request: AccessRequest }> {
    const circle = await this.circles.of({ kind: 'device', id: deviceId });
    const open = circle ? await this.openRequests(deviceId, circle.epoch) : [];
    const request = open.find(({ id }) => id === requestId);
    if (!circle || !request) throw new DomainError('not-found');
    return { circle, request };
  }

  private async openRequests(deviceId: string, epoch: number): Promise<AccessRequest[]> {
    return (await this.sharing.requestsFor(deviceId)).filter(request => request.epoch === epoch);
  }
}
