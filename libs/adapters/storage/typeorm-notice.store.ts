// Notices by TypeORM; they are written by the intake's commit alone.
import { MoreThan } from 'typeorm';
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

  ofAlarm(accountId: string, subjectId: string): Promise<Notice[]> {
    return this.database.read(manager =>
      manager.find(NoticeEntity, {
        where: { accountId, subjectId },
        order: { counter: 'ASC' },
      }),
    );
  }
}
