// A device's file as its owner sees it.
import type { DeviceDetailView, DeviceView, Text } from '#codecs/api';
import { presenceOf } from '#domain/devices';
import type { DeviceFile } from './intake.store.js';

/**
 * What the device is called in a notice: the owner's name for it, or its product's. Nobody lives with a device without
 * an owner, and whoever is told of its alarm must know that.
 */
export function deviceText({
  device,
  binding,
  product,
}: Pick<DeviceFile, 'device' | 'binding' | 'product'>): Text {
  if (binding.ownerId === null) {
    const { serial } = device;
    return { zh: `${product.name.zh} ${serial}（无住户）`, en: `${product.name.en} ${serial} (no resident)` };
  }
  return binding.name === null ? product.name : { zh: binding.name, en: binding.name };
}

export function deviceView(file: DeviceFile, listeningSince: number, now: number): DeviceView {
  const { device, product, binding, state } = file;
  const intervalS = state.info?.intervalS ?? product.intervalS;
  return {
    id: device.id,
    name: binding.name ?? product.name.en,
    serial: device.serial,
    product: { id: product.id, name: product.name, icon: product.icon },
    state: binding.state,
    epoch: binding.epoch,
    homeId: binding.homeId,
    parentId: device.parentId,
    presence: presenceOf(state.lastHeardAt, intervalS, listeningSince, now),
    latest: state.latestAt === null ? null : { at: state.latestAt, values: state.values, bits: state.bits },
    firmware: state.info?.firmware ?? null,
    power: state.info?.power ?? null,
    intervalS,
    openAlarms: file.openAlarms.length,
    snapshotAt: state.snapshotAt,
  };
}

export function deviceDetailView(file: DeviceFile, listeningSince: number, now: number): DeviceDetailView {
  return { ...deviceView(file, listeningSince, now), productPage: file.product };
}
