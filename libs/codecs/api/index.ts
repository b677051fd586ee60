export * from './account.js';
export * from './alarm.js';
export * from './device.js';
export * from './endpoints.js';
export * from './errors.js';
export * from './product.js';
export * from './rule.js';
export * from './text.js';
