// What rules answer when the clock was late: what was due before the device spoke comes before what it says.
import { describe, expect, it } from '@jest/globals';
import type { Observation } from '#domain/alarms';
import { registeredBinding } from '#domain/binding';
import { blankState } from '#domain/devices';
import { deviceOf } from '../../adapters/storage/contracts/samples.contract.js';
import { evaluate } from './evaluate.js';
import type { DeviceFile } from './intake.store.js';
import { detector, minute, start } from './stage.contract.js';

const blank: DeviceFile = {
  device: { ...deviceOf(detector.id, 1, 1), id: 'd1-1' },
  product: detector,
  binding: { ...registeredBinding('d1-1'), state: 'bound', epoch: 1, ownerId: 'resident', homeId: 'home' },
  home: null,
  modes: [],
  recipients: [],
  members: [],
  roomId: null,
  contacts: [],
  state: { ...blankState('d1-1', 1), lastHeardAt: start },
  rules: [],
  openAlarms: [],
  recentStamps: [],
};

const door = (isOpen: boolean, at: number): Observation => ({
  kind: 'readings',
  at,
  values: {},
  bits: { 'door.open': isOpen },
});

/** Without a tick in between. */
function told(...seen: readonly Observation[]): [string, string, number][] {
  let file = blank;
  return seen.flatMap(observation => {
    const { file: next, changes } = evaluate(file, observation, observation.at, start);
    file = { ...next, state: { ...next.state, lastHeardAt: observation.at } };
    return changes.map(({ alarm, step }): [string, string, number] => [alarm.rule, step, alarm.occurredAt]);
  });
}

describe('a rule that was due before the device spoke', () => {
  it('is asked about that time first: a door that was open for long was told, and is closed now', () => {
    expect(told(door(true, start), door(false, start + 30 * minute))).toEqual(
      expect.arrayContaining([
        ['door', 'raised', start],
        ['door', 'cleared', start],
      ]),
    );
  });

  it('says nothing of what was over in time', () => {
    expect(told(door(true, start), door(false, start + minute))).toEqual([]);
  });
});
