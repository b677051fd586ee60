export { type Alarm, alarmState, type EndReason, type TimelineEntry } from './alarm.js';
export { AlarmStore } from './alarm.store.js';
export type { RuleMemory } from './rule-memory.js';
