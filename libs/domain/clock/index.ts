export { Clock, ManualClock, SystemClock } from './clock.js';
export { minuteOfDay, nextAtMinute } from './wall-time.js';
