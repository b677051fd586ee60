// What is on its way to somebody who may not hear of a device any more: it is cancelled.
import { type EntityManager, In } from 'typeorm';
import { type Grant, mayDo, membersOf } from '#domain/sharing';
import { AccountEntity, BindingEntity, type Dialect, GrantEntity } from './entities/index.js';

/** Of a delivery that was on its way when the right ended. */
export const rightEnded = 'the right to hear of the device had ended';

/** With the values detail, time, account, account, device. What contacts are told is not the member's. */
export function cancelForLost(dialect: Dialect): string {
  const place = (n: number) => (dialect === 'postgres' ? `$${n}` : '?');
  return `UPDATE deliveries SET state = 'cancelled', detail = ${place(1)}, settled_at = ${place(2)}, lease_until = NULL
    WHERE account_id = ${place(3)} AND state IN ('due', 'held') AND contact_id IS NULL
    AND notice_id IN (SELECT id FROM notices WHERE account_id = ${place(4)} AND device_id = ${place(5)})`;
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
      const values = [rightEnded, Date.now(), account.id, account.id, binding.deviceId];
      await manager.query(cancelForLost(dialect), values);
    }
  }
}
