// Holds that every device is shown once, where it stands.
import { describe, expect, it } from '@jest/globals';
import type { DeviceView, HomeView } from '#codecs/api';
import { deviceGroups } from './device-groups.js';

const device = (id: string, homeId: string | null, roomId: string | null = null) =>
  ({ id, homeId, roomId }) as DeviceView;
const home = (id: string, ...rooms: string[]) =>
  ({ id, name: `home ${id}`, rooms: rooms.map(room => ({ id: room, name: `room ${room}` })) }) as HomeView;

const shown = (devices: DeviceView[], homes: HomeView[]) =>
  deviceGroups(devices, homes).map(({ home: at, room, devices: inside }) => [
    at,
    room,
    inside.map(({ id }) => id).join(' '),
  ]);

describe('the groups of devices', () => {
  it('are one without a name where there is one home and no room', () => {
    expect(shown([device('a', '1'), device('b', '1')], [home('1')])).toEqual([[null, null, 'a b']]);
  });

  it('follow the homes and their rooms, what hangs in none last, and leave empty ones out', () => {
    const devices = [
      device('a', '1'),
      device('b', '1', 'k'),
      device('c', '2', 'gone'),
      device('d', '1', 'b'),
    ];
    expect(shown(devices, [home('1', 'b', 'k', 'empty'), home('2')])).toEqual([
      ['home 1', 'room b', 'd'],
      ['home 1', 'room k', 'b'],
      ['home 1', null, 'a'],
      ['home 2', null, 'c'],
    ]);
  });

  it('end with what others share one by one', () => {
    expect(shown([device('a', '1'), device('b', 'theirs')], [home('1')])).toEqual([
      ['home 1', null, 'a'],
      [null, null, 'b'],
    ]);
  });
});
