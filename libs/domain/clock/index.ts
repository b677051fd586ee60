export { Clock, ManualClock, SystemClock } from './clock.js';
export { minuteOfDay, momentOf, nextAtMinute, type WallTime, wallTimeAt, weekdayOf } from './wall-time.js';
