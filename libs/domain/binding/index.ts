export {
  type Binding,
  type BindingChange,
  type PendingClaim,
  type Recovery,
  registeredBinding,
  type TransferOffer,
} from './binding.js';
export { BindingModule } from './binding.module.js';
export { BindingStore } from './binding.store.js';
export type { BindingEvent, EventOf } from './binding-event.js';
export { BindingLine } from './binding-line.js';
export { Bindings } from './bindings.js';
export { type Decision, decide } from './decide.js';
export { Interventions } from './interventions.js';
export { lapse } from './lapse.js';
export { erasureAsked, type LedgerRow, type LedgerWhat, ledgerRow, type SharingWhat } from './ledger.js';
export { type News, newsOf } from './news.js';
export { Onlookers } from './onlookers.js';
export { Possession } from './possession.js';
export { Recoveries, vetoMs } from './recoveries.js';
export { Safekeeping } from './safekeeping.js';
export { Scans } from './scans.js';
export { Transfers } from './transfers.js';
export { possessionMs, windowEnd, windowMs } from './window.js';
