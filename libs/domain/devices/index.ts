export { type Batch, type BatchPlan, type ExportPlace, emptyBatch, nothingExported } from './batch.js';
export { type Added, BatchStore, type IssuedSecret } from './batch.store.js';
export { CredentialExports } from './credential-exports.js';
export { Credentials, fetchMs } from './credentials.js';
export {
  blankState,
  type Device,
  type DeviceCredential,
  type DeviceState,
  pinSubject,
  type SecretRenewal,
} from './device.js';
export { DeviceStore, type ProductChange, ProductStore, SnapshotStore, sinceEver } from './device.store.js';
export { DeviceLink, type Downward } from './device-link.js';
export { DevicesModule } from './devices.module.js';
export { KeyRingSource, PublicUrl } from './key-ring-source.js';
export { Locksmith } from './locksmith.js';
export { Manufacture } from './manufacture.js';
export { offlineAt, presenceOf } from './presence.js';
export { Prints } from './prints.js';
export { ProductChanges } from './product-changes.js';
export { Products } from './products.js';
export { type Remains, remainsOf } from './remains.js';
export { starterProducts } from './starter-products.js';
export { type FoundTicket, type TicketForms, Tickets } from './tickets.js';
