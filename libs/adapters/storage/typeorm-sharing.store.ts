// Grants, invitations and requests by TypeORM; what was given out of a grant goes with it by its foreign key.
import { type EntityManager, In, LessThan, LessThanOrEqual } from 'typeorm';
import type { LedgerRow } from '#domain/binding';
import {
  type AccessRequest,
  type Grant,
  type Invitation,
  SharingStore,
  type Subject,
  withDescendants,
} from '#domain/sharing';
import type { Database } from './database.js';
import { AccessRequestEntity, GrantEntity, InvitationEntity, LedgerRowEntity } from './entities/index.js';
import { cancelWithGrants } from './lost-rights.js';
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

  async invite(invitation: Invitation): Promise<boolean> {
    try {
      await this.database.write(manager => manager.insert(InvitationEntity, { ...invitation }));
      return true;
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
    return this.#turnInto(grant, manager => manager.delete(InvitationEntity, { id: invitationId }), ledger);
  }

  async ask(request: AccessRequest): Promise<boolean> {
    try {
      await this.database.write(manager => manager.insert(AccessRequestEntity, request));
      return true;
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

  letIn(requestId: string, grant: Grant, ledger: readonly LedgerRow[]): Promise<boolean> {
    return this.#turnInto(grant, manager => manager.delete(AccessRequestEntity, { id: requestId }), ledger);
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
  ): Promise<boolean> {
    try {
      return await this.database.write(async manager => {
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
}

/** What stood on a device in the time of an owner who is gone. */
const overOn = (table: 'grants' | 'invitations') =>
  `DELETE FROM ${table} WHERE subject_kind = 'device'
     AND epoch < (SELECT b.epoch FROM bindings b WHERE b.device_id = ${table}.subject_id)`;

async function insertRows(manager: EntityManager, ledger: readonly LedgerRow[]): Promise<void> {
  for (const row of ledger) await manager.insert(LedgerRowEntity, { ...row });
}
