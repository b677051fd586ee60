// The gateway's signs of life by TypeORM.
import { type Absence, AbsenceStore } from '#domain/intake';
import type { Database } from './database.js';
import { AbsenceEntity, SignEntity } from './entities/index.js';

const theOne = 1;

export class TypeormAbsenceStore extends AbsenceStore {
  constructor(private readonly database: Database) {
    super();
  }

  async lastSign(): Promise<number | null> {
    const sign = await this.database.read(manager => manager.findOneBy(SignEntity, { id: theOne }));
    return sign?.at ?? null;
  }

  async sign(at: number): Promise<void> {
    await this.database.write(manager => manager.upsert(SignEntity, { id: theOne, at }, ['id']));
  }

  async note(absence: Absence): Promise<void> {
    await this.database.write(manager => manager.upsert(AbsenceEntity, absence, ['from']));
  }

  latest(limit: number): Promise<Absence[]> {
    return this.database.read(manager =>
      manager.find(AbsenceEntity, { order: { from: 'DESC' }, take: limit }),
    );
  }
}
