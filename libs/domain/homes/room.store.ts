// What rooms need from a store.
import type { Home } from './home.js';
import type { Room } from './room.js';

export abstract class RoomStore {
  /** One more home of an account that exists. */
  abstract addHome(home: Home): Promise<void>;
  /** In their order. */
  abstract ofHome(homeId: string): Promise<Room[]>;
  /** These are the rooms of the home from now on; what hangs in one that goes hangs in none. */
  abstract put(homeId: string, rooms: readonly Room[]): Promise<void>;
}
