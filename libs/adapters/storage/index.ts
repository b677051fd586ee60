export { sqliteBinding } from './sqlite-binding.js';
export { StorageModule } from './storage.module.js';
export { StorageFailure } from './storage-failure.js';
export { openStores, type StorageOptions, Stores } from './stores.js';
