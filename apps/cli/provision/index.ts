// Front door of `provision`.
export { provisionCommand } from './provision.js';
