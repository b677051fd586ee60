export type { Home } from './home.js';
export { type HomeRemoval, HomeStore } from './home.store.js';
export { HomesModule } from './homes.module.js';
export { Households, type Newcomer } from './households.js';
export { MemoryHomeStore } from './memory-home.store.js';
export {
  lastSwitch,
  type ModeChangeRow,
  type ModePlan,
  type ModeSpan,
  missedSwitches,
  modeAt,
  nextSwitch,
} from './mode-plan.js';
export { ModePlanStore } from './mode-plan.store.js';
export type { Placement, Room } from './room.js';
export { RoomStore } from './room.store.js';
