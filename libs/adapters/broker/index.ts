// Front door of the broker room: the broker, its module, and the policy that somebody must stand behind it with.
export { AedesLink } from './aedes-link.js';
export { Broker } from './broker.js';
export { BrokerModule } from './broker.module.js';
export { BrokerCounters } from './broker-counters.js';
export {
  type Admission,
  type Answer,
  type ApplicationIdentity,
  BrokerPolicy,
  type BrokerSession,
  type DeviceIdentity,
  type Identity,
  type Login,
  type Packet,
  type PresentedCertificate,
  type Verdict,
  type Way,
  wayOf,
} from './broker-policy.js';
export { type BrokerLimits, type BrokerOptions, usualLimits } from './broker-settings.js';
export type { TlsIdentity } from './tls-door.js';
