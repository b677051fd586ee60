// Devices by where they stand: home by home, room by room, and those of others' homes last.
import type { DeviceView, HomeView } from '#codecs/api';

export interface DeviceGroup {
  readonly key: string;
  /** Null: there is only one place, and nothing to tell apart. */
  readonly home: string | null;
  readonly room: string | null;
  readonly devices: readonly DeviceView[];
}

/** Groups without a device are left out. */
export function deviceGroups(devices: readonly DeviceView[], homes: readonly HomeView[]): DeviceGroup[] {
  const groups = homes.flatMap(home => {
    const inside = devices.filter(({ homeId }) => homeId === home.id);
    const rooms = new Set(home.rooms.map(({ id }) => id));
    const named = home.rooms.map(room => ({
      key: room.id,
      home: home.name,
      room: room.name,
      devices: inside.filter(({ roomId }) => roomId === room.id),
    }));
    const loose = inside.filter(({ roomId }) => roomId === null || !rooms.has(roomId));
    return [...named, { key: home.id, home: home.name, room: null, devices: loose }];
  });
  const known = new Set(homes.map(({ id }) => id));
  const elsewhere = devices.filter(({ homeId }) => homeId === null || !known.has(homeId));
  const all = [...groups, { key: 'elsewhere', home: null, room: null, devices: elsewhere }];
  const filled = all.filter(group => group.devices.length > 0);
  const isPlain = filled.length === 1 && filled[0]?.room === null;
  return isPlain ? filled.map(group => ({ ...group, home: null })) : filled;
}
