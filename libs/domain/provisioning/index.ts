// Provisioning: puts devices on the Wi-Fi by AirKiss and tells who has joined.
export {
  Air,
  type AirLink,
  type AirOptions,
  type AirTarget,
  type Answer,
  type Datagram,
  type Pacing,
  type Timing,
} from './air.js';
export type { Introduction, IntroductionPlan } from './introduction.js';
export type { JoinedDevice } from './joined-devices.js';
export { Lan, type Question } from './lan.js';
export {
  type IntroducedDevice,
  Provisioning,
  type ProvisioningEvent,
  type ProvisioningResult,
  type ProvisioningWatch,
} from './provisioning.js';
export {
  credentialsOf,
  faultIn,
  type ProvisioningFault,
  type ProvisioningRequest,
  REQUEST_DEFAULTS,
  warningsAbout,
} from './request.js';
