// Holds that a home is called calm only when that is known.
import { describe, expect, it } from '@jest/globals';
import type { AlarmState, PresenceView } from '#codecs/api';
import { moodOf } from './home-mood.js';

const device = (state: PresenceView['state'], openAlarms = 0) => ({
  id: 'd1',
  presence: { state, lastHeardAt: null },
  openAlarms,
});
const alarm = (state: AlarmState) => ({ state, deviceId: 'd1' });
const heard = device('online');

describe('the sentence over a home', () => {
  it('is calm when every device is heard and no alarm is open', () => {
    expect(moodOf([heard, heard], [alarm('cleared')], true)).toEqual({ kind: 'calm' });
  });

  it.each(['raised', 'acknowledged', 'latched'] as const)('is never calm with an alarm that is %s', state => {
    expect(moodOf([heard], [alarm(state), alarm('cleared')], true)).toEqual({ kind: 'alarm', count: 1 });
  });

  it.each(['offline', 'waiting', 'unknown'] as const)('is never calm with a device that is %s', state => {
    expect(moodOf([heard, device(state)], [], true)).toEqual({ kind: 'blind', count: 1 });
  });

  it('is never calm while the page is cut off from the gateway', () => {
    expect(moodOf([heard], [], false)).toEqual({ kind: 'cut-off' });
  });

  it('is never calm with an alarm that is not told to who looks', () => {
    expect(moodOf([device('online', 2)], [], true)).toEqual({ kind: 'alarm', count: 2 });
    expect(moodOf([device('online', 1)], [alarm('raised')], true)).toEqual({ kind: 'alarm', count: 1 });
  });

  it('tells of the alarm first, even when cut off', () => {
    expect(moodOf([device('offline')], [alarm('raised')], false)).toEqual({ kind: 'alarm', count: 1 });
  });
});
