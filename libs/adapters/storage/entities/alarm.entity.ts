// Alarms, and what their rules remember.
import type { Alarm, RuleMemory } from '#domain/alarms';
import {
  count,
  flag,
  json,
  tableOf,
  text,
  textOrNull,
  timeMs,
  timeMsOrNull,
  valueOrNull,
} from './columns.js';

export const AlarmEntity = tableOf<Alarm>({
  name: 'alarm',
  tableName: 'alarms',
  columns: {
    id: { ...text, primary: true },
    deviceId: text,
    epoch: count,
    rule: text,
    kind: text,
    class: text,
    severity: text,
    isDrill: { ...flag, default: 0 },
    occurrence: count,
    value: valueOrNull,
    unit: textOrNull,
    occurredAt: timeMs,
    receivedAt: timeMs,
    raisedAt: timeMs,
    acknowledgedAt: timeMsOrNull,
    acknowledgedBy: textOrNull,
    calmAt: timeMsOrNull,
    clearedAt: timeMsOrNull,
    endReason: textOrNull,
    repeatAt: timeMsOrNull,
    repeats: count,
    stage: { ...count, default: 0 },
    escalateAt: timeMsOrNull,
    timeline: json,
  },
  indices: [
    { name: 'alarms_device', columns: ['deviceId', 'epoch', 'raisedAt'] },
    { name: 'alarms_newest', columns: ['raisedAt'] },
    { name: 'alarms_open', columns: ['deviceId'], where: 'cleared_at IS NULL' },
  ],
});

export const RuleMemoryEntity = tableOf<RuleMemory>({
  name: 'rule-memory',
  tableName: 'rule_memories',
  columns: {
    deviceId: { ...text, primary: true },
    epoch: { ...count, primary: true },
    rule: { ...text, primary: true },
    version: count,
    state: json,
    dueAt: timeMsOrNull,
    occurrences: count,
  },
  indices: [{ name: 'rule_memories_due', columns: ['deviceId', 'epoch'], where: 'due_at IS NOT NULL' }],
});
