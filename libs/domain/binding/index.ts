export {
  type Binding,
  type BindingChange,
  type LedgerRow,
  type LedgerWhat,
  type PendingClaim,
  registeredBinding,
} from './binding.js';
export { BindingModule } from './binding.module.js';
export { BindingStore } from './binding.store.js';
export { BindingChanges } from './binding-changes.js';
export { Bindings, windowMs } from './bindings.js';
export { type BindingEvent, type Decision, decide, lapse } from './decide.js';
export { Onlookers } from './onlookers.js';
