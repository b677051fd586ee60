// Products, devices and bindings as the contract suites store them.
import type { Product } from '#codecs/api';
import { type Account, newId } from '#domain/accounts';
import type { Binding, LedgerRow } from '#domain/binding';
import { blankState, type Device, type DeviceState, emptyBatch as newBatch } from '#domain/devices';
import type { Home } from '#domain/homes';
import { batchOf, type IntakeStore } from '#domain/intake';
import type { Stores } from '../../index.js';
import { noon } from './moment.contract.js';

export function gasSensor(id = `gas-${newId()}`): Product {
  const text = { zh: '燃气', en: 'Gas' };
  return {
    id,
    name: text,
    icon: 'gas',
    readings: [{ name: 'gas.lel', label: text, unit: '%LEL', min: 0, max: 100 }],
    bits: [],
    commands: [],
    snapshots: false,
    intervalS: 60,
    power: 'mains',
    region: 'EN',
    safetyClass: 'L',
    bindingPolicy: 'button',
    renewsSecret: false,
    rules: [],
    page: { about: text },
  };
}

/** Devices of a product of their own, registered and not bound. */
export async function devicesMade(stores: Stores, count: number): Promise<readonly Device[]> {
  const product = gasSensor();
  await stores.products.put(product);
  return devicesOf(stores, product, count);
}

/** A batch of devices of a product that is there. */
export async function devicesOf(
  stores: Stores,
  product: Pick<Product, 'id'>,
  count: number,
  change: (device: Device) => Device = device => device,
): Promise<readonly Device[]> {
  const { id } = await stores.batches.open(batchOfProduct(product, count));
  const devices = Array.from({ length: count }, (_, at) => change(deviceOf(product.id, id, at + 1)));
  await stores.batches.add(id, 0, devices);
  return devices;
}

export function batchOfProduct(
  { id: productId }: Pick<Product, 'id'>,
  count: number,
  name: string | null = null,
) {
  return newBatch({ name, productId, count, parentId: null, unitsHash: null }, noon);
}

export async function oneDevice(stores: Stores): Promise<Device> {
  const [device] = await devicesMade(stores, 1);
  if (!device) throw new Error('no device was made');
  return device;
}

export function deviceOf(productId: string, batch: number, number: number): Device {
  const id = newId();
  return {
    id,
    productId,
    batch,
    number,
    keyId: 1,
    generation: 0,
    serial: `SN-${batch}-${number}`,
    mac: null,
    secretHash: id.padEnd(64, '0'),
    certificateFingerprint: null,
    revokedAt: null,
    secretEpoch: 0,
    renewal: null,
    parentId: null,
    createdAt: noon,
  };
}

export async function bind(stores: Stores, deviceId: string, owner: Account, home: Home): Promise<void> {
  const binding = await stores.bindings.byDevice(deviceId);
  if (!binding) throw new Error('no such device');
  const next = {
    ...binding,
    state: 'bound' as const,
    epoch: binding.epoch + 1,
    version: binding.version + 1,
    ownerId: owner.id,
    homeId: home.id,
  };
  await rebind(stores, next);
}

/** As the line writes it: false, and nothing is written, unless it follows the stored version. */
export async function rebind(
  { intake }: { readonly intake: Pick<IntakeStore, 'commit'> },
  next: Binding,
  ledger: readonly LedgerRow[] = [],
): Promise<boolean> {
  return (await intake.commit(batchOf({ bindings: [{ next, ledger }] }))).ok;
}

export function stateOf(deviceId: string, version: number, change: Partial<DeviceState> = {}): DeviceState {
  return {
    ...blankState(deviceId, 0),
    version,
    lastHeardAt: noon,
    latestAt: noon,
    values: { 'gas.lel': 0.1 + 0.2 },
    bits: { 'gas.alarm': true },
    ...change,
  };
}
