// Holds which alarm a person sees first.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AlarmView, rightSchema } from '#codecs/api';
import { isOpen, orderAlarms } from './alarm-order.js';

const some: AlarmView = {
  id: 'a',
  deviceId: 'd',
  deviceName: 'Kitchen',
  rule: 'gas',
  kind: 'gas',
  class: 'L',
  isDrill: false,
  severity: 'critical',
  state: 'raised',
  title: { zh: '燃气泄漏', en: 'Gas leak' },
  advice: { zh: '撤离', en: 'Leave' },
  value: 12,
  unit: '%LEL',
  raisedAt: 1_000,
  occurredAt: 1_000,
  acknowledgedAt: null,
  acknowledgedBy: null,
  calmAt: null,
  clearedAt: null,
  endReason: null,
  standing: { as: 'owner', may: rightSchema.options },
  timeline: [],
};

const openIds = (...alarms: AlarmView[]) => orderAlarms(alarms).open.map(alarm => alarm.id);

describe('the order of alarms', () => {
  it('puts what nobody has seen before what somebody has, whatever its class', () => {
    const seenGas: AlarmView = { ...some, id: 'gas', state: 'acknowledged' };
    const freshDoor: AlarmView = { ...some, id: 'door', class: 'S', severity: 'minor', raisedAt: 1 };
    expect(openIds(seenGas, freshDoor)).toEqual(['door', 'gas']);
  });

  it('puts life safety before everything else that is as new', () => {
    const fault: AlarmView = { ...some, id: 'fault', class: 'T', severity: 'emergency', raisedAt: 9_000 };
    const gas: AlarmView = { ...some, id: 'gas', severity: 'critical' };
    expect(openIds(fault, gas)).toEqual(['gas', 'fault']);
  });

  it('puts the graver first, and the newer of two that are as grave', () => {
    const older: AlarmView = { ...some, id: 'older', raisedAt: 1 };
    const newer: AlarmView = { ...some, id: 'newer', raisedAt: 2 };
    const graver: AlarmView = { ...some, id: 'graver', severity: 'emergency', raisedAt: 0 };
    expect(openIds(older, newer, graver)).toEqual(['graver', 'newer', 'older']);
  });

  it('keeps an alarm that waits for a reset among the open ones', () => {
    expect(openIds({ ...some, id: 'waits', state: 'latched' })).toEqual(['waits']);
  });

  it('lists what is over by its age, the newest first', () => {
    const old: AlarmView = { ...some, id: 'old', state: 'cleared', raisedAt: 1 };
    const recent: AlarmView = { ...some, id: 'recent', state: 'cleared', raisedAt: 2, severity: 'info' };
    expect(orderAlarms([old, recent]).over.map(alarm => alarm.id)).toEqual(['recent', 'old']);
  });

  it('loses none and shows none twice, in any mixture', () => {
    const alarm = fc.record({
      id: fc.uuid(),
      state: fc.constantFrom('raised', 'acknowledged', 'latched', 'cleared'),
      class: fc.constantFrom('L', 'S', 'T', 'I'),
      raisedAt: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(alarm), drawn => {
        const alarms = drawn.map((part): AlarmView => ({ ...some, ...part }));
        const { open, over } = orderAlarms(alarms);
        expect([...open, ...over].map(a => a.id).sort()).toEqual(alarms.map(a => a.id).sort());
        expect(open.every(isOpen)).toBe(true);
        expect(over.some(isOpen)).toBe(false);
      }),
    );
  });
});
