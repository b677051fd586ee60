// What is on its way to somebody who may not hear of a device any more: it is cancelled.
import { type EntityManager, In } from 'typeorm';
import type { LostRight } from '#domain/intake';
import { type Grant, mayDo, membersOf } from '#domain/sharing';
import { AccountEntity, BindingEntity, type Dialect, GrantEntity } from './entities/index.js';

/** Of a delivery that was on its way when the right ended. */
const rightEnded = 'the right to hear of the device had ended';

/** What contacts are told in somebody's name is not that person's. */
export function cancelForLost(dialect: Dialect): string {
  const place = (n: number) => (dialect === 'postgres' ? `$${n}` : '?');
  return `UPDATE deliveries SET state = 'cancelled', detail = ${place(1)}, settled_at = ${place(2)}, lease_until = NULL
    WHERE account_id = ${place(3)} AND state IN ('due', 'held') AND coalesce(contact_id, '') = ${place(4)}
    AND notice_id IN (SELECT id FROM notices WHERE account_id = ${place(5)} AND device_id = ${place(6)})`;
}

/** Of that statement. */
export function lostValues({ accountId, contactId, deviceId, at }: LostRight): (string | number)[] {
  return [rightEnded, at, accountId, contactId ?? '', accountId, deviceId];
}

/** In the transaction that makes an operator a resident: of devices that nobody owns they are told no more. */
export async function cancelWithoutOwner(
  manager: EntityManager,
  dialect: Dialect,
  accountId: string,
  at: number,
): Promise<void> {
  const place = (n: number) => (dialect === 'postgres' ? `$${n}` : '?');
  await manager.query(
    `UPDATE deliveries SET state = 'cancelled', detail = ${place(1)}, settled_at = ${place(2)}, lease_until = NULL
    WHERE account_id = ${place(3)} AND state IN ('due', 'held') AND contact_id IS NULL
    AND EXISTS (SELECT 1 FROM notices n JOIN bindings b ON b.device_id = n.device_id AND b.epoch = n.epoch
      WHERE n.id = deliveries.notice_id AND b.owner_id IS NULL)`,
    [rightEnded, at, accountId],
  );
}

/** In the transaction that has removed the grants. Who may hear of it otherwise too loses nothing. */
export async function cancelWithGrants(
  manager: EntityManager,
  dialect: Dialect,
  gone: readonly Grant[],
): Promise<void> {
  const subjects = In(gone.map(({ subjectId }) => subjectId));
  const bindings = await manager.findBy(BindingEntity, [{ deviceId: subjects }, { homeId: subjects }]);
  const accounts = await manager.findBy(AccountEntity, { id: In(gone.map(({ accountId }) => accountId)) });
  const left = await manager.findBy(GrantEntity, { accountId: In(accounts.map(({ id }) => id)) });
  for (const binding of bindings) {
    const holding = { ownerId: binding.ownerId, members: membersOf(binding, left) };
    for (const account of accounts) {
      // A grant whose end has come is removed in a moment, and then takes this along.
      if (mayDo(holding, account, 'alarms', 0)) continue;
      const lost = { accountId: account.id, contactId: null, deviceId: binding.deviceId, at: Date.now() };
      await manager.query(cancelForLost(dialect), lostValues(lost));
    }
  }
}
