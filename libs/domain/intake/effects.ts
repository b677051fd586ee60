// What deciding one input came to: values only, so that a thrown error leaves nothing behind.
import type { AlarmChange } from '#domain/alarms';
import type { BindingChange } from '#domain/binding';
import type { ModeChangeRow, Placement } from '#domain/homes';
import type { Recipient, ToldMatter } from '#domain/notices';
import type { BrokerChange } from './broker-change.js';
import type { DeadLetter, DeviceFigures, DeviceFile, InputRow, LostRight } from './intake.store.js';

/** A change of an alarm, with whom to tell and since when it waits to be told. */
export interface ToldChange {
  readonly change: AlarmChange;
  readonly file: DeviceFile;
  readonly recipients: readonly Recipient[];
  readonly receivedAt: number;
  /** The name of who acted, where a person did. */
  readonly byName?: string;
}

/** A matter of a device that is no alarm, with whom to tell. */
export interface MatterChange {
  readonly matter: ToldMatter;
  readonly file: DeviceFile;
  readonly recipients: readonly Recipient[];
  readonly receivedAt: number;
}

export interface Effects {
  /** The devices' files as they are afterwards. */
  readonly files: readonly DeviceFile[];
  readonly inputs: readonly InputRow[];
  readonly told: readonly ToldChange[];
  readonly matters?: readonly MatterChange[];
  readonly deadLetters?: readonly DeadLetter[];
  readonly bindings?: readonly BindingChange[];
  readonly lost?: readonly LostRight[];
  readonly placed?: readonly Placement[];
  readonly figures?: readonly DeviceFigures[];
  readonly modes?: readonly ModeChangeRow[];
  readonly broker?: readonly BrokerChange[];
}

export const nothing: Effects = { files: [], inputs: [], told: [] };
