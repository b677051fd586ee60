export { helpText, settingsPage } from './listing.js';
export { type Environment, readSettings } from './settings.js';
export { logLevels, type Settings } from './variables.js';
