export { type Alarm, type AlarmEvent, alarmState, type EndReason, type TimelineEntry } from './alarm.js';
export { AlarmStore } from './alarm.store.js';
export { stages } from './chain.js';
export { drill, drillEndsAt, endDrill } from './drill.js';
export { escalate } from './escalation.js';
export {
  awaitWord,
  comment,
  type Deed,
  hasRoomForMore,
  isUntold,
  mostShelfMs,
  moved,
  release,
  shelve,
  shelvedUntil,
  suppress,
  suppressedBy,
} from './handling.js';
export {
  type AlarmChange,
  type AlarmStep,
  acknowledge,
  correct,
  end,
  follow,
  type Occasion,
  raise,
  repeat,
} from './life-cycle.js';
export type { RuleMemory } from './rule-memory.js';
export {
  compareEpisodes,
  doseOf,
  type Episode,
  type Finding,
  foldAgain,
  initialState,
  isArmed,
  type Moment,
  type Observation,
  type Readings,
  type RuleDifference,
  type RuleStep,
  reachMs,
  replayRule,
  reviveState,
  type Scene,
  sightMs,
  silenceLimitMs,
  stepRule,
} from './rules/index.js';
export {
  type AlarmNoticeStep,
  alarmAdvice,
  alarmTitle,
  stepAdvice,
  stepText,
  withoutActor,
} from './texts.js';
