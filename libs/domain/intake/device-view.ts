// A device's file as the people of the device see it.
import type { DeviceDetailView, DeviceView, Standing, Text } from '#codecs/api';
import { lapse } from '#domain/binding';
import { presenceOf } from '#domain/devices';
import type { Holding } from '#domain/sharing';
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

/** As the pages call it. */
export function deviceName({ binding, product }: Pick<DeviceFile, 'binding' | 'product'>): string {
  return binding.name ?? product.name.en;
}

/** Whose device it is and who was let in, as deciding about rights takes it. */
export function holdingOf({ binding, members }: Pick<DeviceFile, 'binding' | 'members'>): Holding {
  return { ownerId: binding.ownerId, members };
}

/** @param standing of who looks */
export function deviceView(
  file: DeviceFile,
  standing: Standing,
  listeningSince: number,
  now: number,
): DeviceView {
  const { device, product, binding, state } = file;
  const intervalS = state.info?.intervalS ?? product.intervalS;
  return {
    id: device.id,
    name: deviceName(file),
    serial: device.serial,
    product: { id: product.id, name: product.name, icon: product.icon },
    state: binding.state,
    epoch: binding.epoch,
    homeId: binding.homeId,
    roomId: file.roomId,
    parentId: device.parentId,
    presence: presenceOf(state.lastHeardAt, intervalS, listeningSince, now),
    latest: state.latestAt === null ? null : { at: state.latestAt, values: state.values, bits: state.bits },
    firmware: state.info?.firmware ?? null,
    power: state.info?.power ?? null,
    intervalS,
    openAlarms: file.openAlarms.length,
    snapshotAt: state.snapshotAt,
    standing,
  };
}

export function deviceDetailView(
  file: DeviceFile,
  standing: Standing,
  listeningSince: number,
  now: number,
): DeviceDetailView {
  const { offer, recovery } = lapse(file.binding, now);
  return {
    ...deviceView(file, standing, listeningSince, now),
    productPage: file.product,
    offeredUntil: offer?.expiresAt ?? null,
    offerErases: offer?.erases === true,
    recoveryDueAt: recovery?.dueAt ?? null,
  };
}
