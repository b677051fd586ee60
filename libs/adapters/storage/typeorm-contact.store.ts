// Contacts by TypeORM, each with the endpoints on which they are reached.
import { type Contact, ContactStore, type Endpoint } from '#domain/notices';
import type { Database } from './database.js';
import { ContactEntity, EndpointEntity } from './entities/index.js';
import { oneAtATime } from './one-at-a-time.js';
import { removeEndpoints } from './typeorm-endpoint.store.js';

export class TypeormContactStore extends ContactStore {
  constructor(private readonly database: Database) {
    super();
  }

  insert(contact: Contact, endpoint: Endpoint, atMost = Number.POSITIVE_INFINITY): Promise<boolean> {
    const { homeId } = contact;
    return this.database.write(async manager => {
      await oneAtATime(this.database, manager, `contacts of ${homeId}`);
      if ((await manager.countBy(ContactEntity, { homeId })) >= atMost) return false;
      await manager.insert(ContactEntity, contact);
      await manager.insert(EndpointEntity, endpoint);
      return true;
    });
  }

  byId(id: string): Promise<Contact | null> {
    return this.database.read(manager => manager.findOneBy(ContactEntity, { id }));
  }

  ofHome(homeId: string): Promise<Contact[]> {
    return this.database.read(manager =>
      manager.find(ContactEntity, { where: { homeId }, order: { createdAt: 'ASC', id: 'ASC' } }),
    );
  }

  remove(id: string): Promise<boolean> {
    return this.database.write(async manager => {
      const endpoints = await manager.findBy(EndpointEntity, { contactId: id });
      await removeEndpoints(
        manager,
        endpoints.map(endpoint => endpoint.id),
      );
      const { affected } = await manager.delete(ContactEntity, { id });
      return affected === 1;
    });
  }
}
