// What the devices room needs from a store.
import type { Product } from '#codecs/api';
import type { Device, DeviceCredential } from './device.js';

/** What a product was from a moment on. */
export interface ProductChange {
  readonly productId: string;
  readonly at: number;
  /** The account; null: it came with the gateway. */
  readonly by: string | null;
  readonly definition: Product;
}

/** Of a product that was there before anything was written down of it. */
export const sinceEver: Pick<ProductChange, 'at' | 'by'> = { at: 0, by: null };

export abstract class ProductStore {
  abstract all(): Promise<Product[]>;
  abstract byId(id: string): Promise<Product | null>;
  /** Inserts or replaces, and writes down what it is from now on. */
  abstract put(product: Product, change?: Pick<ProductChange, 'at' | 'by'>): Promise<void>;
  /** Oldest first. */
  abstract changes(productId: string): Promise<ProductChange[]>;
  /** False, and it stays, when a batch was opened for it. */
  abstract drop(id: string): Promise<boolean>;
}

export abstract class DeviceStore {
  abstract byId(id: string): Promise<Device | null>;
  abstract byIds(ids: readonly string[]): Promise<Device[]>;
  abstract byNumber(batch: number, number: number): Promise<Device | null>;
  abstract childrenOf(parentId: string): Promise<Device[]>;
  /** In the order of their ids, after `after`. */
  abstract page(after: string | null, limit: number): Promise<Device[]>;
  abstract count(productId: string): Promise<number>;
  /** The last epoch of its binding that began by an owner's losing it: older secrets count no more. */
  abstract secretsSince(deviceId: string): Promise<number>;
  /** @returns the device after the change; null when there is none. */
  abstract putCredential(deviceId: string, change: Partial<DeviceCredential>): Promise<Device | null>;
  /** As `putCredential`, unless its secret is another by now or it was revoked: then nothing changes, and null. */
  abstract replaceSecret(
    device: Pick<Device, 'id' | 'secretHash'>,
    change: Partial<DeviceCredential>,
  ): Promise<Device | null>;
  /** Fingerprints by device, all in one transaction. */
  abstract putCertificates(fingerprints: ReadonlyMap<string, string>): Promise<void>;
  /** Raises the generation of its label by one. @returns the device after it; null when there is none, or no next one. */
  abstract raiseGeneration(deviceId: string): Promise<Device | null>;
}

/** Pictures stand in files, not in the database; only the newest of a device is kept. */
export abstract class SnapshotStore {
  /** Durable when the promise resolves. */
  abstract put(deviceId: string, epoch: number, image: Uint8Array): Promise<void>;
  abstract read(deviceId: string, epoch: number): Promise<Uint8Array | null>;
  /** Removes the picture of one epoch, if there is one. */
  abstract drop(deviceId: string, epoch: number): Promise<void>;
  /** Removes every picture of the device from before `epoch`. */
  abstract dropBefore(deviceId: string, epoch: number): Promise<void>;
}
