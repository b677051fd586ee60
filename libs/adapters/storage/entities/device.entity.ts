// Products, batches, devices, and what a device last said.
import type { Product } from '#codecs/api';
import type { Batch, Device, DeviceState } from '#domain/devices';
import {
  count,
  json,
  jsonOrNull,
  serial,
  tableOf,
  text,
  textOrNull,
  timeMs,
  timeMsOrNull,
} from './columns.js';

/** A product is read and written whole, so it stands whole in its row. */
export interface ProductRow {
  readonly id: string;
  readonly definition: Product;
}

export const ProductEntity = tableOf<ProductRow>({
  name: 'product',
  tableName: 'products',
  columns: { id: { ...text, primary: true }, definition: json },
});

const fromZero = { ...count, default: 0 } as const;

export const BatchEntity = tableOf<Batch>({
  name: 'batch',
  tableName: 'batches',
  columns: {
    id: serial,
    name: textOrNull,
    productId: { ...text, foreignKey: { target: 'product' } },
    count,
    parentId: textOrNull,
    unitsHash: textOrNull,
    made: fromZero,
    exported: fromZero,
    exportedReceipt: textOrNull,
    issued: fromZero,
    issuedReceipt: textOrNull,
    createdAt: timeMs,
    confirmedAt: timeMsOrNull,
  },
  indices: [{ name: 'batches_name', columns: ['name'], unique: true }],
});

export const DeviceEntity = tableOf<Device>({
  name: 'device',
  tableName: 'devices',
  columns: {
    id: { ...text, primary: true },
    productId: { ...text, foreignKey: { target: 'product' } },
    batch: { ...count, foreignKey: { target: 'batch' } },
    number: count,
    keyId: count,
    generation: count,
    serial: text,
    mac: textOrNull,
    secretHash: textOrNull,
    certificateFingerprint: textOrNull,
    revokedAt: timeMsOrNull,
    secretEpoch: { ...count, default: 0 },
    renewal: jsonOrNull,
    parentId: textOrNull,
    createdAt: timeMs,
  },
  indices: [
    { name: 'devices_number', columns: ['batch', 'number'], unique: true },
    { name: 'devices_serial', columns: ['serial'], unique: true },
    { name: 'devices_mac', columns: ['mac'], unique: true },
    { name: 'devices_product', columns: ['productId'] },
    { name: 'devices_parent', columns: ['parentId'] },
  ],
});

export const DeviceStateEntity = tableOf<DeviceState>({
  name: 'device-state',
  tableName: 'device_states',
  columns: {
    deviceId: { ...text, primary: true },
    epoch: { ...count, primary: true },
    version: count,
    lastHeardAt: timeMsOrNull,
    latestAt: timeMsOrNull,
    // `values` is a word of SQL.
    values: { ...json, name: 'readings' },
    bits: json,
    info: jsonOrNull,
    snapshotAt: timeMsOrNull,
  },
});
