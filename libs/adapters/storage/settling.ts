// What one attempt came to, written: the delivery, the attempt, and the next channel of the same person.
import type { EntityManager, EntitySchema } from 'typeorm';
import type { LeasedDelivery, Settlement } from '#domain/notices';
import { type AttemptRow, DeliveryEntity, EndpointEntity } from './entities/index.js';
import { removeEndpoints } from './typeorm-endpoint.store.js';

/** Runs in a transaction of the caller's; does nothing when the lease was lost. */
export async function settle(
  manager: EntityManager,
  attempts: EntitySchema<AttemptRow>,
  delivery: LeasedDelivery,
  settlement: Settlement,
  now: number,
): Promise<void> {
  const { state, detail, attempt, tellsNext } = settlement;
  const held = { id: delivery.id, state: 'due', leaseUntil: delivery.leaseUntil } as const;
  const { affected } = await manager.update(DeliveryEntity, held, {
    state,
    detail,
    dueAt: settlement.dueAt ?? delivery.dueAt,
    settledAt: state === 'due' ? null : now,
    leaseUntil: null,
    ...(attempt !== null && { attempts: () => 'attempts + 1', attemptedAt: now }),
  });
  if (affected !== 1) return;
  if (attempt !== null) await manager.insert(attempts, { deliveryId: delivery.id, ...attempt });
  if (tellsNext) await tellNext(manager, delivery, now);
  if (settlement.isProof)
    await manager.update(EndpointEntity, { id: delivery.endpointId }, { provenAt: now });
  if (settlement.endpointIsGone) await removeEndpoints(manager, [delivery.endpointId]);
}

/** Contacts are persons of their own: what fails at one of the home's people says nothing about them. */
async function tellNext(
  manager: EntityManager,
  { noticeId, contactId }: LeasedDelivery,
  now: number,
): Promise<void> {
  const person = contactId ?? '';
  await manager.sql`
    UPDATE deliveries SET state = 'due', due_at = ${now}
    WHERE notice_id = ${noticeId} AND coalesce(contact_id, '') = ${person} AND state = 'held'
    AND rank = (SELECT min(rank) FROM deliveries next
      WHERE next.notice_id = ${noticeId} AND coalesce(next.contact_id, '') = ${person} AND next.state = 'held')`;
}
