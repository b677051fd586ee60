export { type Batch, blankState, type Device, type DeviceState } from './device.js';
export { DeviceStore, ProductStore, SnapshotStore } from './device.store.js';
export { DeviceLink, type Downward } from './device-link.js';
