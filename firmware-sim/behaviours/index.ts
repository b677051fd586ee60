export { air } from './air.js';
export type { Act, Behaviour, Readings } from './behaviour.js';
export { camera } from './camera.js';
export { co } from './co.js';
export { door } from './door.js';
export { gas } from './gas.js';
export { bringToLife, type Kind, kinds, type Living, type Outcome } from './living.js';
export { smoke } from './smoke.js';
export { water } from './water.js';
