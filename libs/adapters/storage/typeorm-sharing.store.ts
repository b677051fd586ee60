// Grants, invitations and requests by TypeORM; what was given out of a grant goes with it by its foreign key.
import { type EntityManager, In, LessThan, LessThanOrEqual } from 'typeorm';
import type { LedgerRow } from '#domain/binding';
import {
  type AccessRequest,
  endless,
  fullOf,
  type Grant,
  type Invitation,
  type RoomForMore,
  SharingStore,
  type Subject,
  withDescendants,
} from '#domain/sharing';
import type { Database } from './database.js';
import { AccessRequestEntity, GrantEntity, InvitationEntity, LedgerRowEntity } from './entities/index.js';
import { cancelWithGrants } from './lost-rights.js';
import { oneAtATime } from './one-at-a-time.js';
import { isMissingReference, isUniqueViolation } from './storage-failure.js';

const oldestFirst = { since: 'ASC', id: 'ASC' } as const;

export class TypeormSharingStore extends SharingStore {
  constructor(private readonly database: Database) {
    super();
  }

  byId(id: string): Promise<Grant | null> {
    return this.database.read(manager => manager.findOneBy(GrantEntity, { id }));
  }

  onSubjects(subjectIds: readonly string[]): Promise<Grant[]> {
    return this.database.read(manager =>
      manager.find(GrantEntity, { where: { subjectId: In([...subjectIds]) }, order: oldestFirst }),
    );
  }

  ofAccount(accountId: string): Promise<Grant[]> {
    return this.database.read(manager =>
      manager.find(GrantEntity, { where: { accountId }, order: oldestFirst }),
    );
  }

  ended(now: number): Promise<Grant[]> {
    return this.database.read(manager =>
      manager.find(GrantEntity, { where: { until: LessThanOrEqual(now) }, order: oldestFirst }),
    );
  }

  revoke(id: string, rowsOf: (gone: readonly Grant[]) => readonly LedgerRow[]): Promise<Grant[]> {
    return this.database.write(async manager => {
      const root = await manager.findOneBy(GrantEntity, { id });
      if (!root) return [];
      const around = await manager.findBy(GrantEntity, { subjectId: root.subjectId });
      const { affected } = await manager.delete(GrantEntity, { id });
      // On PostgreSQL several may have found it; it goes by whoever deletes it.
      if (affected !== 1) return [];
      const gone = withDescendants(around, id);
      await cancelWithGrants(manager, this.database.dialect, gone);
      await insertRows(manager, rowsOf(gone));
      return gone;
    });
  }

  async invite(invitation: Invitation, room = endless): Promise<boolean> {
    try {
      return await this.database.write(async manager => {
        if (await this.#isFull(manager, invitation, room)) return false;
        await manager.insert(InvitationEntity, { ...invitation });
        return true;
      });
    } catch (error) {
      if (isMissingReference(error)) return false;
      throw error;
    }
  }

  invitation(tokenHash: string): Promise<Invitation | null> {
    return this.database.read(manager => manager.findOneBy(InvitationEntity, { tokenHash }));
  }

  invitationsOn({ kind, id }: Subject): Promise<Invitation[]> {
    return this.database.read(manager =>
      manager.find(InvitationEntity, {
        where: { subjectKind: kind, subjectId: id },
        order: { createdAt: 'ASC', id: 'ASC' },
      }),
    );
  }

  async withdraw(id: string): Promise<boolean> {
    const { affected } = await this.database.write(manager => manager.delete(InvitationEntity, { id }));
    return affected === 1;
  }

  accept(invitationId: string, grant: Grant, ledger: readonly LedgerRow[]): Promise<boolean> {
    const take = (manager: EntityManager) => manager.delete(InvitationEntity, { id: invitationId });
    return this.#turnInto(grant, take, ledger, endless);
  }

  async ask(request: AccessRequest, atMost = Number.POSITIVE_INFINITY): Promise<boolean> {
    const { deviceId, epoch } = request;
    try {
      return await this.database.write(async manager => {
        await oneAtATime(this.database, manager, `requests for ${deviceId}`);
        if ((await manager.countBy(AccessRequestEntity, { deviceId, epoch })) >= atMost) return false;
        await manager.insert(AccessRequestEntity, request);
        return true;
      });
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  requestsFor(deviceId: string): Promise<AccessRequest[]> {
    return this.database.read(manager =>
      manager.find(AccessRequestEntity, { where: { deviceId }, order: { at: 'ASC', id: 'ASC' } }),
    );
  }

  async turnAway(id: string): Promise<boolean> {
    const { affected } = await this.database.write(manager => manager.delete(AccessRequestEntity, { id }));
    return affected === 1;
  }

  letIn(requestId: string, grant: Grant, ledger: readonly LedgerRow[], room = endless): Promise<boolean> {
    const take = (manager: EntityManager) => manager.delete(AccessRequestEntity, { id: requestId });
    return this.#turnInto(grant, take, ledger, room);
  }

  async prune({ endedBy, askedBefore }: { endedBy: number; askedBefore: number }): Promise<void> {
    await this.database.write(async manager => {
      await manager.query(overOn('grants'));
      await manager.query(overOn('invitations'));
      await manager.query(
        `DELETE FROM access_requests WHERE epoch < (SELECT b.epoch FROM bindings b WHERE b.device_id = access_requests.device_id)`,
      );
      await manager.delete(InvitationEntity, { expiresAt: LessThanOrEqual(endedBy) });
      await manager.delete(AccessRequestEntity, { at: LessThan(askedBefore) });
    });
  }

  /** The row goes to whoever deletes it, and only they write the grant. */
  async #turnInto(
    grant: Grant,
    take: (manager: EntityManager) => Promise<{ affected?: number | null }>,
    ledger: readonly LedgerRow[],
    room: RoomForMore,
  ): Promise<boolean> {
    try {
      return await this.database.write(async manager => {
        if (await this.#isFull(manager, grant, room)) return false;
        const { affected } = await take(manager);
        if (affected !== 1) return false;
        await manager.insert(GrantEntity, { ...grant });
        await insertRows(manager, ledger);
        return true;
      });
    } catch (error) {
      if (isMissingReference(error)) return false;
      throw error;
    }
  }

  /** Whoever comes in, or is invited, on the same subject waits until this transaction has ended. */
  async #isFull(
    manager: EntityManager,
    { subjectKind, subjectId, epoch }: Pick<Grant, 'subjectKind' | 'subjectId' | 'epoch'>,
    room: RoomForMore,
  ): Promise<boolean> {
    const subject = { subjectKind, subjectId };
    await oneAtATime(this.database, manager, `people of ${subjectKind} ${subjectId}`);
    if (room === endless) return false;
    const grants = await manager.findBy(GrantEntity, subject);
    const invitations = await manager.findBy(InvitationEntity, subject);
    return fullOf({ grants, invitations }, epoch, room) !== null;
  }
}

/** What stood on a device in the time of an owner who is gone. */
const overOn = (table: 'grants' | 'invitations') =>
  `DELETE FROM ${table} WHERE subject_kind = 'device'
     AND epoch < (SELECT b.epoch FROM bindings b WHERE b.device_id = ${table}.subject_id)`;

async function insertRows(manager: EntityManager, ledger: readonly LedgerRow[]): Promise<void> {
  for (const row of ledger) await manager.insert(LedgerRowEntity, { ...row });
}
