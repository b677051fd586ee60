// Rooms by TypeORM.
import { In, Not } from 'typeorm';
import { type Home, type Room, RoomStore } from '#domain/homes';
import type { Database } from './database.js';
import { HomeEntity, RoomEntity } from './entities/index.js';

export class TypeormRoomStore extends RoomStore {
  constructor(private readonly database: Database) {
    super();
  }

  async addHome(home: Home): Promise<void> {
    await this.database.write(manager => manager.insert(HomeEntity, home));
  }

  ofHome(homeId: string): Promise<Room[]> {
    return this.database.read(manager =>
      manager.find(RoomEntity, { where: { homeId }, order: { place: 'ASC', id: 'ASC' } }),
    );
  }

  async put(homeId: string, rooms: readonly Room[]): Promise<void> {
    await this.database.write(async manager => {
      await manager.delete(RoomEntity, { homeId, id: Not(In(rooms.map(({ id }) => id))) });
      if (rooms.length > 0) await manager.upsert(RoomEntity, [...rooms], ['id']);
    });
  }
}
