export { type HomeEvents, type HomeOptions, prepareHome, SimulatedHome, startHome } from './home.js';
export { type DeviceRecord, readHome } from './home-file.js';
export { narrate } from './narrator.js';
export { identitiesOf, type RosterEntry, rosterSchema } from './roster.js';
