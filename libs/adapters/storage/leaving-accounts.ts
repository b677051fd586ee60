// What goes with an account: at once what opens a door or reaches somebody, and in the end all the rest.
import { type EntityManager, In } from 'typeorm';
import type { RemovedCounts } from '#codecs/api';
import {
  AccessRequestEntity,
  AccountEntity,
  ContactEntity,
  EndpointEntity,
  GrantEntity,
  InvitationEntity,
  LedgerRowEntity,
  NoticeCounterEntity,
  OneTimeLinkEntity,
  OperatorActEntity,
  PreferenceEntity,
  ReadMarkEntity,
  SessionEntity,
} from './entities/index.js';
import { removeHomes } from './leaving-homes.js';
import { removeEndpoints } from './typeorm-endpoint.store.js';

export type Removed = Partial<RemovedCounts>;

/**
 * Nobody signs in to it any more, and nobody is reached by it. The name stays until it is taken out of what others read.
 * @returns with the hashes of the sessions that ended
 */
export async function shutAccount(
  manager: EntityManager,
  accountId: string,
): Promise<{ sessions: string[]; removed: Removed }> {
  const own = { accountId };
  const sessions = await manager.findBy(SessionEntity, own);
  await manager.delete(SessionEntity, own);
  await manager.delete(OneTimeLinkEntity, own);
  const endpoints = await manager.findBy(EndpointEntity, own);
  await removeEndpoints(
    manager,
    endpoints.map(({ id }) => id),
  );
  await manager.delete(PreferenceEntity, own);
  await manager.delete(ReadMarkEntity, own);
  const shares = await manager.countBy(GrantEntity, [own, { grantedBy: accountId }]);
  const invitations = await manager.delete(InvitationEntity, { invitedBy: accountId });
  const requests = await manager.delete(AccessRequestEntity, own);
  // An id is no mail address: nobody is found by it, and the address is free for a new account.
  const nobody = { email: accountId, passwordHash: null, role: 'resident' } as const;
  await manager.update(AccountEntity, { id: accountId }, nobody);
  return {
    sessions: sessions.map(({ tokenHash }) => tokenHash),
    removed: {
      ...{ sessions: sessions.length, endpoints: endpoints.length, shares },
      ...{ invitations: invitations.affected ?? 0, requests: requests.affected ?? 0 },
    },
  };
}

/** The homes with all that is in them; devices are not. */
export async function emptyAccount(manager: EntityManager, homeIds: readonly string[]): Promise<Removed> {
  const contacts = await manager.findBy(ContactEntity, { homeId: In([...homeIds]) });
  const contactId = In(contacts.map(({ id }) => id));
  const endpoints = await manager.countBy(EndpointEntity, { contactId });
  await removeHomes(manager, homeIds);
  return { homes: homeIds.length, contacts: contacts.length, endpoints };
}

/**
 * What still has their id goes by its foreign key, but for what explains whose a device was when, and who looked after
 * the gateway.
 */
export async function removePerson(manager: EntityManager, accountId: string): Promise<void> {
  await manager.delete(GrantEntity, { grantedBy: accountId });
  await manager.delete(NoticeCounterEntity, { accountId });
  await manager.update(LedgerRowEntity, { accountId }, { address: null });
  await manager.update(OperatorActEntity, { accountId }, { address: null });
  await manager.delete(AccountEntity, { id: accountId });
}
