// In which room of its home a device hangs: written with the change that brings it there.
import type { Placement } from '#domain/homes';
import type { Dialect } from './entities/index.js';

/** With the device. */
export function takeDown(dialect: Dialect): string {
  return `DELETE FROM placements WHERE device_id = ${dialect === 'postgres' ? '$1' : '?'}`;
}

/** A room that was removed meanwhile, or is in another home, is none. */
export function hang(dialect: Dialect): string {
  const place = (n: number) => (dialect === 'postgres' ? `$${n}` : '?');
  // Whoever removes the room waits until this has ended.
  const lock = dialect === 'postgres' ? 'FOR KEY SHARE OF r' : '';
  return `INSERT INTO placements (device_id, room_id)
    SELECT b.device_id, r.id FROM rooms r JOIN bindings b ON b.home_id = r.home_id
    WHERE b.device_id = ${place(1)} AND r.id = ${place(2)} ${lock}`;
}

/** Of that statement. */
export function hangValues({ deviceId, roomId }: Placement): (string | null)[] {
  return [deviceId, roomId];
}
