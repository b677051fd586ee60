// What the intake writes of a device, as the contract suites store it: inputs, memories of rules, alarms.
import { newId } from '#domain/accounts';
import type { Alarm, RuleMemory } from '#domain/alarms';
import { batchOf, type InputRow } from '#domain/intake';
import { noon } from './moment.contract.js';

export function inputOf(deviceId: string, seq: number | null, change: Partial<InputRow> = {}): InputRow {
  return {
    deviceId,
    epoch: 0,
    kind: 'telemetry',
    boot: seq === null ? null : 4_294_967_295,
    seq,
    at: noon,
    clock: 'device',
    receivedAt: noon + 5,
    body: { values: { 'gas.lel': 12.5 } },
    ...change,
  };
}

export function memoryOf(deviceId: string, version: number, change: Partial<RuleMemory> = {}): RuleMemory {
  return {
    deviceId,
    rule: 'gas',
    epoch: 0,
    version,
    state: { samples: [1, 2], since: null },
    dueAt: null,
    occurrences: 0,
    ...change,
  };
}

export function alarmOf(deviceId: string, change: Partial<Alarm> = {}): Alarm {
  return {
    id: newId(),
    deviceId,
    epoch: 0,
    rule: 'gas',
    kind: 'gas',
    class: 'L',
    severity: 'emergency',
    isDrill: false,
    occurrence: 1,
    value: 21.75,
    unit: '%LEL',
    occurredAt: noon,
    receivedAt: noon + 1,
    raisedAt: noon + 2,
    acknowledgedAt: null,
    acknowledgedBy: null,
    calmAt: null,
    clearedAt: null,
    endReason: null,
    repeatAt: noon + 60_000,
    repeats: 0,
    stage: 1,
    escalateAt: noon + 90_000,
    timeline: [{ at: noon + 2, what: 'raised', by: null }],
    ...change,
  };
}

export { batchOf };
