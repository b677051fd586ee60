export {
  type Binding,
  type BindingChange,
  type LedgerRow,
  type LedgerWhat,
  type PendingClaim,
  registeredBinding,
} from './binding.js';
export { BindingStore } from './binding.store.js';
