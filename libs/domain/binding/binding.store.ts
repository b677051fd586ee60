// What the binding room needs from a store; changes are written by the line (`BindingLine`).
import type { Binding } from './binding.js';
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
  /** A row that changes no state (a refused proof). */
  abstract note(row: LedgerRow): Promise<void>;
  /** Newest first. */
  abstract ledger(deviceId: string, limit: number): Promise<LedgerRow[]>;
}
