// Front door of the gateway, for whoever starts one in his own process: the demo and end-to-end tests.
export { announcement } from './announcement.js';
export { type Gateway, startGateway } from './gateway.js';
export { makeLogger } from './log/logger.js';
export { NestLogger } from './log/nest-logger.js';
export { readSettings, type Settings } from './settings/index.js';
export { reachableOrigin } from './start-up/local-address.js';
