export type { Air, Ears, Hearing, Joined, Overheard } from './air.js';
export type { BackoffLimits } from './backoff.js';
export { Device, type DeviceOptions, type DeviceState } from './device.js';
export type { DeviceEvents, Said, Told } from './events.js';
export { type ChildIdentity, type Identity, identitySchema, macBytes, macOf } from './identity.js';
export type { Lan, Presence } from './lan.js';
export { blankMemory, type Memory, memorySchema, type Wifi } from './memory.js';
export { type Time, wallTime } from './time.js';
export { fastPace, type Pace, realPace } from './unit.js';
