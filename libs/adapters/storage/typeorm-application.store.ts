// Applications by TypeORM.
import { type Application, ApplicationStore } from '#domain/applications';
import type { Database } from './database.js';
import { ApplicationEntity } from './entities/index.js';

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
      return affected === 1;
    });
  }
}
