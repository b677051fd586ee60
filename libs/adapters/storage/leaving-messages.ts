// The messages of somebody who leaves: their own, and those of others in which their name stands.
import { type EntityManager, In } from 'typeorm';
import { withoutActor } from '#domain/alarms';
import type { Notice } from '#domain/notices';
import { DeliveryEntity, type Dialect, entitiesOf, NoticeEntity } from './entities/index.js';
import type { Removed } from './leaving-accounts.js';

/** Takes some notices, after what became of them. @returns null when there is none left */
export async function ownNotices(
  manager: EntityManager,
  dialect: Dialect,
  accountId: string,
  rows: number,
): Promise<Removed | null> {
  const notices = await manager.find(NoticeEntity, {
    select: { id: true },
    where: { accountId },
    order: { counter: 'ASC' },
    take: rows,
  });
  if (notices.length === 0) return null;
  const noticeId = In(notices.map(({ id }) => id));
  const deliveries = await manager.find(DeliveryEntity, {
    select: { id: true },
    where: { noticeId },
    take: rows,
  });
  const ids = deliveries.map(({ id }) => id);
  await manager.delete(entitiesOf(dialect).attempts, { deliveryId: In(ids) });
  await manager.delete(DeliveryEntity, { id: In(ids) });
  if (ids.length === rows) return { receipts: ids.length };
  await manager.delete(NoticeEntity, { id: noticeId });
  return { notices: notices.length, receipts: ids.length };
}

export type Mention = Pick<Notice, 'id'>;

/** Takes the name out of some notices of others. @returns how many it looked at, and the last; null: there is none left */
export async function mentionsAfter(
  manager: EntityManager,
  { id: after }: Mention,
  name: string,
  most: number,
): Promise<{ count: number; last: Mention | null }> {
  const rows = await manager.sql<{ id: string; title: string }[]>`
    SELECT id, title FROM notices WHERE step = 'acknowledged' AND id > ${after}
    ORDER BY id LIMIT ${most}`;
  for (const { id, title: text } of rows) {
    const title = withoutActor(JSON.parse(text), name);
    if (JSON.stringify(title) !== text) await manager.update(NoticeEntity, { id }, { title });
  }
  return { count: rows.length, last: rows.at(-1) ?? null };
}
