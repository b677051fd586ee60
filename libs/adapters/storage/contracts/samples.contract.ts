// Values that the contract suites store: whole, valid, and made to be told apart.
export * from './samples/alarms.contract.js';
export * from './samples/devices.contract.js';
export * from './samples/grants.contract.js';
export * from './samples/moment.contract.js';
export * from './samples/notices.contract.js';
export * from './samples/people.contract.js';
