// What goes with a home: the people who were let in, its rooms, its plan, and whom it would have told.
import { type EntityManager, In } from 'typeorm';
import {
  ContactEntity,
  EndpointEntity,
  GrantEntity,
  HomeEntity,
  InvitationEntity,
  ModeChangeEntity,
  ModePlanEntity,
} from './entities/index.js';
import { removeEndpoints } from './typeorm-endpoint.store.js';

/** Rooms, placements and contacts go by their foreign keys. */
export async function removeHomes(manager: EntityManager, ids: readonly string[]): Promise<void> {
  const homeId = In([...ids]);
  const contacts = await manager.find(ContactEntity, { select: { id: true }, where: { homeId } });
  const contactId = In(contacts.map(({ id }) => id));
  const endpoints = await manager.find(EndpointEntity, { select: { id: true }, where: { contactId } });
  await removeEndpoints(
    manager,
    endpoints.map(({ id }) => id),
  );
  await manager.delete(GrantEntity, { subjectKind: 'home', subjectId: homeId });
  await manager.delete(InvitationEntity, { subjectKind: 'home', subjectId: homeId });
  await manager.delete(ModePlanEntity, { homeId });
  await manager.delete(ModeChangeEntity, { homeId });
  await manager.delete(HomeEntity, { id: homeId });
}
