// What the devices room needs from a store.
import type { Product } from '#codecs/api';
import type { Batch, Device, DeviceCredential } from './device.js';

export abstract class ProductStore {
  abstract all(): Promise<Product[]>;
  abstract byId(id: string): Promise<Product | null>;
  /** Inserts or replaces. */
  abstract put(product: Product): Promise<void>;
}

export abstract class DeviceStore {
  /**
   * One transaction: takes the next batch number, asks `devicesOf` for that batch's devices, and writes the batch,
   * the devices, and a binding in state `registered` with epoch 0 for each.
   */
  abstract insertBatch(
    draft: Omit<Batch, 'id'>,
    devicesOf: (batchId: number) => readonly Device[],
  ): Promise<{ batch: Batch; devices: readonly Device[] }>;
  abstract batches(): Promise<Batch[]>;
  abstract byId(id: string): Promise<Device | null>;
  abstract byIds(ids: readonly string[]): Promise<Device[]>;
  abstract byNumber(batch: number, number: number): Promise<Device | null>;
  abstract childrenOf(parentId: string): Promise<Device[]>;
  /** In the order of their ids, after `after`. */
  abstract page(after: string | null, limit: number): Promise<Device[]>;
  abstract count(productId: string): Promise<number>;
  /** @returns the device after the change; null when there is none. */
  abstract putCredential(deviceId: string, change: Partial<DeviceCredential>): Promise<Device | null>;
}

/** Pictures stand in files, not in the database; only the newest of a device is kept. */
export abstract class SnapshotStore {
  /** Durable when the promise resolves. */
  abstract put(deviceId: string, epoch: number, image: Uint8Array): Promise<void>;
  abstract read(deviceId: string, epoch: number): Promise<Uint8Array | null>;
  /** Removes every picture of the device from before `epoch`. */
  abstract dropBefore(deviceId: string, epoch: number): Promise<void>;
}
