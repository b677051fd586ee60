export { type Act, type Kind, kinds, type Readings } from './behaviours/index.js';
export {
  type Air,
  type BackoffLimits,
  type ChildIdentity,
  Device,
  type DeviceEvents,
  type DeviceState,
  fastPace,
  type Identity,
  identitySchema,
  type Pace,
  realPace,
  type Said,
  type Time,
  type Told,
  type Wifi,
  wallTime,
} from './device/index.js';
export {
  type DeviceRecord,
  type HomeEvents,
  type HomeOptions,
  identitiesOf,
  narrate,
  prepareHome,
  type RosterEntry,
  readHome,
  rosterSchema,
  type SimulatedHome,
  startHome,
} from './home/index.js';
export * from './radio/index.js';
