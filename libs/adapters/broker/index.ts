// Front door of the broker room: the broker, its module, and the policy that somebody must stand behind it with.
export { AedesLink } from './aedes-link.js';
export { Broker } from './broker.js';
export { BrokerModule } from './broker.module.js';
export { BrokerCounters } from './broker-counters.js';
export {
  type Admission,
  BrokerPolicy,
  type BrokerSession,
  type Login,
  type Packet,
  type Verdict,
} from './broker-policy.js';
export { type BrokerLimits, type BrokerOptions, usualLimits } from './broker-settings.js';
