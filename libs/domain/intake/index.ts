export {
  type CommitResult,
  type DeadLetter,
  type DeviceFile,
  type InputRow,
  type IntakeBatch,
  IntakeStore,
  type ModeChange,
  type Recipient,
} from './intake.store.js';
