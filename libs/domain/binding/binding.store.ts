// What the binding room needs from a store.
import type { Binding, BindingChange } from './binding.js';
import type { LedgerRow } from './ledger.js';

export abstract class BindingStore {
  abstract byDevice(deviceId: string): Promise<Binding | null>;
  abstract byDevices(deviceIds: readonly string[]): Promise<Binding[]>;
  /** Those whose owner this is, locked ones too. */
  abstract ofOwner(accountId: string): Promise<Binding[]>;
  /** Those that stand in this home. */
  abstract inHome(homeId: string): Promise<Binding[]>;
  /** Those that somebody has asked to recover. */
  abstract recovering(): Promise<Binding[]>;
  /**
   * Writes the change if the stored version is still `next.version - 1`; false otherwise, and then nothing is written.
   * @throws DomainError `not-found` when the home that it would come into is gone.
   * With an owner go the retained messages of the device, and what waits for it (`remainsOf`).
   */
  abstract compareAndSet(change: BindingChange): Promise<boolean>;
  /** A row that changes no state (a refused proof). */
  abstract note(row: LedgerRow): Promise<void>;
  /** Newest first. */
  abstract ledger(deviceId: string, limit: number): Promise<LedgerRow[]>;
}
