export {
  type CommitResult,
  type DeadLetter,
  type DeviceFile,
  type InputRow,
  type IntakeBatch,
  IntakeStore,
  type ModeChange,
} from './intake.store.js';
