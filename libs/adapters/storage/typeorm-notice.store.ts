// Notices by TypeORM; they enter by the intake's commit alone.
import { IsNull, MoreThan } from 'typeorm';
import { type Notice, NoticeStore } from '#domain/notices';
import type { Database } from './database.js';
import { NoticeEntity } from './entities/index.js';

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
}
