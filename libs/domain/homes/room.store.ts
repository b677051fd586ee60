// What rooms need from a store.
import type { Home } from './home.js';
import type { Room } from './room.js';

export abstract class RoomStore {
  /**
   * One more home of an account that exists. False, and nothing is written, when it has `atMost` already, however many
   * come at once.
   */
  abstract addHome(home: Home, atMost?: number): Promise<boolean>;
  /** In their order. */
  abstract ofHome(homeId: string): Promise<Room[]>;
  /** These are the rooms of the home from now on; what hangs in one that goes hangs in none. */
  abstract put(homeId: string, rooms: readonly Room[]): Promise<void>;
}
