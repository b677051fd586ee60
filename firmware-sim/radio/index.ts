// The simulated radio: what a device in monitor mode hears of a phone's datagrams.
export { type Hopping, isTunedIn } from './hopping.js';
export { type BurstLoss, CLEAR, type Impairments, PROFILES, type ProfileName } from './impairments.js';
export { type RadioOptions, SimulatedRadio } from './simulated-radio.js';
