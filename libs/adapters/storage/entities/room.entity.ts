// Rooms, and which device hangs in which.
import type { Room } from '#domain/homes';
import { count, tableOf, text } from './columns.js';

export const RoomEntity = tableOf<Room>({
  name: 'room',
  tableName: 'rooms',
  columns: {
    id: { ...text, primary: true },
    homeId: { ...text, foreignKey: { target: 'home', onDelete: 'CASCADE' } },
    name: text,
    place: count,
  },
  indices: [{ name: 'rooms_home', columns: ['homeId'] }],
});

export interface Placement {
  readonly deviceId: string;
  readonly roomId: string;
}

export const PlacementEntity = tableOf<Placement>({
  name: 'placement',
  tableName: 'placements',
  columns: {
    deviceId: { ...text, primary: true, foreignKey: { target: 'device' } },
    roomId: { ...text, foreignKey: { target: 'room', onDelete: 'CASCADE' } },
  },
  indices: [{ name: 'placements_room', columns: ['roomId'] }],
});
