// Applications by TypeORM.
import { type EntityManager, In } from 'typeorm';
import { type Application, ApplicationStore, mayBeClientOf } from '#domain/applications';
import { inChunks } from './chunks.js';
import type { Database } from './database.js';
import { ApplicationEntity, entitiesOf } from './entities/index.js';

export class TypeormApplicationStore extends ApplicationStore {
  constructor(private readonly database: Database) {
    super();
  }

  insert(application: Application): Promise<boolean> {
    return this.database.write(async manager => {
      if (await manager.existsBy(ApplicationEntity, { id: application.id })) return false;
      await manager.insert(ApplicationEntity, application);
      return true;
    });
  }

  all(): Promise<Application[]> {
    return this.database.read(manager => manager.find(ApplicationEntity, { order: { id: 'ASC' } }));
  }

  byId(id: string): Promise<Application | null> {
    return this.database.read(manager => manager.findOneBy(ApplicationEntity, { id }));
  }

  putSecret(id: string, secretHash: string): Promise<Application | null> {
    return this.database.write(async manager => {
      await manager.update(ApplicationEntity, { id }, { secretHash });
      return manager.findOneBy(ApplicationEntity, { id });
    });
  }

  remove(id: string): Promise<boolean> {
    return this.database.write(async manager => {
      const { affected } = await manager.delete(ApplicationEntity, { id });
      if (affected !== 1) return false;
      await this.endSessions(manager, id);
      return true;
    });
  }

  /** Asked for by name, since a client's may hold what a pattern takes for a wildcard. */
  private async endSessions(manager: EntityManager, id: string): Promise<void> {
    const { keptSessions, keptSubscriptions, queuedMessages, receivedOnce } = entitiesOf(
      this.database.dialect,
    );
    const sessions = await manager.find(keptSessions, { select: { clientId: true } });
    const theirs = sessions.map(({ clientId }) => clientId).filter(clientId => mayBeClientOf(id, clientId));
    for (const chunk of inChunks(theirs))
      for (const table of [keptSessions, keptSubscriptions, queuedMessages, receivedOnce])
        await manager.delete<{ clientId: string }>(table, { clientId: In(chunk) });
  }
}
