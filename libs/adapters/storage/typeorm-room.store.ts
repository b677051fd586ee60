// Rooms by TypeORM.
import { In, Not } from 'typeorm';
import { type Home, type Room, RoomStore } from '#domain/homes';
import type { Database } from './database.js';
import { HomeEntity, RoomEntity } from './entities/index.js';
import { oneAtATime } from './one-at-a-time.js';

export class TypeormRoomStore extends RoomStore {
  constructor(private readonly database: Database) {
    super();
  }

  addHome(home: Home, atMost = Number.POSITIVE_INFINITY): Promise<boolean> {
    const { ownerId } = home;
    return this.database.write(async manager => {
      await oneAtATime(this.database, manager, `homes of ${ownerId}`);
      if ((await manager.countBy(HomeEntity, { ownerId })) >= atMost) return false;
      await manager.insert(HomeEntity, home);
      return true;
    });
  }

  ofHome(homeId: string): Promise<Room[]> {
    return this.database.read(manager =>
      manager.find(RoomEntity, { where: { homeId }, order: { place: 'ASC', id: 'ASC' } }),
    );
  }

  async put(homeId: string, rooms: readonly Room[]): Promise<void> {
    await this.database.write(async manager => {
      await oneAtATime(this.database, manager, `rooms of ${homeId}`);
      await manager.delete(RoomEntity, { homeId, id: Not(In(rooms.map(({ id }) => id))) });
      if (rooms.length > 0) await manager.upsert(RoomEntity, [...rooms], ['id']);
    });
  }
}
