export { type Absence, AbsenceStore, Absences, signEveryMs } from './absences.js';
export { bindingNotice } from './aftermath.js';

export type {
  BrokerChange,
  BrokerMemory,
  KeptSession,
  QoS,
  QueuedMessage,
  RetainedMessage,
} from './broker-change.js';
export { Commands } from './commands.js';
export { Contests } from './contests.js';
export { DeviceRules } from './device-rules.js';
export { DeviceWhy } from './device-why.js';
export type { Distribution } from './distribution.js';
export type { Answer, Answered, Taken } from './entry.js';
export { History, HistoryTerms } from './history.js';
export {
  type Bucket,
  type BucketQuery,
  type EventQuery,
  type HistoryEnds,
  type HistoryEvent,
  HistoryStore,
  historySteps,
  type Recorded,
} from './history.store.js';
export { HomeModes } from './home-modes.js';
export type { DeviceMessage } from './input.js';
export { Intake } from './intake.js';
export { IntakeModule } from './intake.module.js';
export {
  batchOf,
  type CommitResult,
  type DeadLetter,
  type DeviceFigures,
  type DeviceFile,
  type InputRow,
  type IntakeBatch,
  IntakeStore,
  type LostRight,
  modesReachMs,
} from './intake.store.js';
export { type MatterOf, Matters } from './matters.js';
export { Pictures } from './pictures.js';
export { replayLog, tryRule } from './replay.js';
export { RuleTrials } from './rule-trials.js';
export { SessionJournal } from './session.journal.js';
export { joined, type StampRange } from './stamp-memory.js';
export { Views } from './views.js';
export { type Happening, Watches } from './watches.js';
export { Why } from './why.js';
