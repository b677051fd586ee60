// What a message leaves in the history, also when it comes late or carries what its product does not declare.
import { describe, expect, it } from '@jest/globals';
import { blankState, type DeviceState } from '#domain/devices';
import type { DeviceFile } from './intake.store.js';
import { recorded } from './recorded.js';
import { detector } from './stage.contract.js';

const fileWith = (state: Partial<DeviceState>): DeviceFile =>
  ({ product: detector, state: { ...blankState('d', 1), ...state } }) as DeviceFile;

describe('what a message leaves in the history', () => {
  it('is each value that the product declares, and none that the device made up', () => {
    const told = { values: { 'gas.lel': 4, 'made.up': 5 }, bits: { 'made.up': true } };
    expect(recorded(fileWith({}), told, 10, false)).toEqual({ values: { 'gas.lel': 4 }, events: [] });
  });

  it('is a bit when it is first heard of and when it changes, and not when it is said again', () => {
    const told = (on: boolean, known?: boolean) => {
      const bits: Record<string, boolean> = known === undefined ? {} : { 'door.open': known };
      return recorded(fileWith({ bits, latestAt: 5 }), { bits: { 'door.open': on } }, 10, false).events;
    };
    expect(told(true)).toEqual([{ at: 10, name: 'door.open', on: true }]);
    expect(told(false, true)).toEqual([{ at: 10, name: 'door.open', on: false }]);
    expect(told(true, true)).toEqual([]);
  });

  it('is what the device reported, and what it carried with that', () => {
    const told = { event: 'motion', values: { 'gas.lel': 1 } };
    expect(recorded(fileWith({}), told, 10, false)).toEqual({
      values: { 'gas.lel': 1 },
      events: [{ at: 10, name: 'motion', on: null }],
    });
  });

  it('of a late one is its bit at its own time, and again what is known since, when that is another', () => {
    const file = fileWith({ bits: { 'door.open': false }, latestAt: 50 });
    const late = (on: boolean) => recorded(file, { bits: { 'door.open': on } }, 10, true).events;
    expect(late(true)).toEqual([
      { at: 10, name: 'door.open', on: true },
      { at: 50, name: 'door.open', on: false },
    ]);
    expect(late(false)).toEqual([{ at: 10, name: 'door.open', on: false }]);
  });
});
