// What the making of devices needs from a store: each step is one short transaction, and fenced by what it follows.
import type { Batch, ExportPlace } from './batch.js';
import type { Device } from './device.js';

/** A slice was written; or another one came before it; or a serial number or MAC address in it is another device's. */
export type Added = 'added' | 'overtaken' | 'taken';

export interface IssuedSecret {
  readonly number: number;
  readonly secretHash: string;
}

export abstract class BatchStore {
  /** Inserts it, or gives the one that has its name already. */
  abstract open(draft: Omit<Batch, 'id'>): Promise<Batch>;
  /** In the order of their ids. */
  abstract all(): Promise<Batch[]>;
  abstract byId(id: number): Promise<Batch | null>;
  abstract byName(name: string): Promise<Batch | null>;
  /**
   * Writes the devices after number `after`, a binding in state `registered` with epoch 0 for each, and how many there
   * are now; or nothing of it.
   */
  abstract add(batchId: number, after: number, devices: readonly Device[]): Promise<Added>;
  /** Devices with numbers after `after`, in the order of their numbers. */
  abstract devices(batchId: number, after: number, limit: number): Promise<Device[]>;
  /** Which of these belong to devices already. */
  abstract taken(
    serials: readonly string[],
    macs: readonly string[],
  ): Promise<Pick<Device, 'serial' | 'mac'>[]>;
  /** Compare-and-set on the receipts of a batch that is not confirmed; false when somebody came before. */
  abstract moveExport(batchId: number, before: ExportPlace, next: ExportPlace): Promise<boolean>;
  /** False, and nothing is written, when this receipt is not that of the slice on its way. */
  abstract putSecrets(batchId: number, receipt: string, secrets: readonly IssuedSecret[]): Promise<boolean>;
  /** Forgets the receipts. */
  abstract confirm(batchId: number, confirmedAt: number): Promise<void>;
}
