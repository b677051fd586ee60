// Notices by TypeORM; they enter by the intake's commit alone.
import { type EntityManager, IsNull, MoreThan } from 'typeorm';
import { type Notice, NoticeStore } from '#domain/notices';
import type { Database } from './database.js';
import { NoticeCounterEntity, NoticeEntity, ReadMarkEntity } from './entities/index.js';

export class TypeormNoticeStore extends NoticeStore {
  constructor(private readonly database: Database) {
    super();
  }

  after(accountId: string, counter: number, limit: number): Promise<Notice[]> {
    return this.database.read(manager =>
      manager.find(NoticeEntity, {
        where: { accountId, counter: MoreThan(counter) },
        order: { counter: 'ASC' },
        take: limit,
      }),
    );
  }

  latest(accountId: string, limit: number): Promise<Notice[]> {
    return this.database.read(manager =>
      manager.find(NoticeEntity, {
        where: { accountId },
        order: { counter: 'DESC' },
        take: limit,
      }),
    );
  }

  async see(accountId: string, subjectId: string, seenAt: number): Promise<void> {
    await this.database.write(manager =>
      manager.update(NoticeEntity, { accountId, subjectId, seenAt: IsNull() }, { seenAt }),
    );
  }

  ofAlarm(accountId: string, subjectId: string): Promise<Notice[]> {
    return this.database.read(manager =>
      manager.find(NoticeEntity, {
        where: { accountId, subjectId },
        order: { counter: 'ASC' },
      }),
    );
  }

  read(accountId: string): Promise<{ last: number; readUpTo: number }> {
    return this.database.read(manager => standing(manager, accountId));
  }

  async markRead(accountId: string, upTo: number): Promise<void> {
    await this.database.write(async manager => {
      const { last, readUpTo } = await standing(manager, accountId);
      const mark = { accountId, upTo: Math.min(upTo, last) };
      if (mark.upTo > readUpTo) await manager.upsert(ReadMarkEntity, mark, ['accountId']);
    });
  }
}

async function standing(manager: EntityManager, accountId: string) {
  const counter = await manager.findOneBy(NoticeCounterEntity, { accountId });
  const mark = await manager.findOneBy(ReadMarkEntity, { accountId });
  return { last: counter?.last ?? 0, readUpTo: mark?.upTo ?? 0 };
}
