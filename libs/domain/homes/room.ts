// A room: where in a home a device hangs; it groups devices on the pages, and decides nothing.

export interface Room {
  readonly id: string;
  readonly homeId: string;
  readonly name: string;
  /** In the order of the pages, from 0. */
  readonly place: number;
}

/** In which room a device hangs; null: in none. */
export interface Placement {
  readonly deviceId: string;
  readonly roomId: string | null;
}
