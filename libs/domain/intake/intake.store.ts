// The one write of the hot path: everything that a batch of inputs decided, in one durable transaction.
import type { Figures, Product } from '#codecs/api';
import type { Alarm, RuleMemory } from '#domain/alarms';
import type { Binding, BindingChange } from '#domain/binding';
import type { Device, DeviceState } from '#domain/devices';
import type { Home, ModeChangeRow, ModeSpan, Placement } from '#domain/homes';
import type {
  ContactReach,
  HeldChange,
  Notice,
  NoticeDraft,
  QueuedDelivery,
  Recipient,
} from '#domain/notices';
import type { Member } from '#domain/sharing';
import type { BrokerChange, BrokerMemory } from './broker-change.js';
import type { Recorded } from './history.store.js';
import type { StampRange } from './stamp-memory.js';

/** A row of the input log: what decided, in the order in which it decided. */
export interface InputRow {
  readonly deviceId: string;
  readonly epoch: number;
  readonly kind:
    | 'telemetry'
    | 'event'
    | 'status'
    | 'info'
    | 'snapshot'
    | 'reply'
    /** Something that was known already: it shows that the device lives. */
    | 'repeat'
    | 'tick'
    | 'mode'
    | 'parent'
    | 'rules'
    | 'acknowledge'
    | 'reset'
    | 'shelve'
    | 'comment'
    /** Whatever it was: only its stamp is known any more, and the day. */
    | 'erased';
  /** Null for what the device did not stamp. (device, boot, seq) is unique: a second one is not written. */
  readonly boot: number | null;
  readonly seq: number | null;
  /** By the clock that was used for the rules. */
  readonly at: number;
  readonly clock: 'device' | 'gateway';
  readonly receivedAt: number;
  readonly body: unknown;
  /** The body as JSON, where it came like that; never read back. */
  readonly text?: string;
  /** Written into the history with the row, and not when the row is left out. */
  readonly recorded?: Recorded;
}

export interface DeadLetter {
  readonly deviceId: string;
  readonly kind: string;
  readonly reason: string;
  /** The first 1024 bytes of it. */
  readonly payload: Uint8Array;
  /** Its whole length. */
  readonly bytes: number;
  readonly at: number;
}

/** How far back from its present mode a home's modes are known, for what comes late. */
export const modesReachMs = 25 * 60 * 60_000;

/** What of a device's rules differs from its product's. */
export interface DeviceFigures {
  readonly deviceId: string;
  readonly figures: Figures;
  readonly changedAt: number;
  readonly changedBy: string;
}

/** Somebody who may not hear of a device any more: what is on its way to them is cancelled. */
export interface LostRight {
  readonly accountId: string;
  /** The contact who was told in that person's name; null: the person. */
  readonly contactId: string | null;
  readonly deviceId: string;
  readonly at: number;
}

/** Versions are those after the change; each must follow the stored one, or nothing of the batch is written. */
export interface IntakeBatch {
  readonly inputs: readonly InputRow[];
  readonly deadLetters: readonly DeadLetter[];
  readonly deviceStates: readonly DeviceState[];
  readonly ruleMemories: readonly RuleMemory[];
  /** Whole rows, inserted or replaced by id. */
  readonly alarms: readonly Alarm[];
  readonly notices: readonly NoticeDraft[];
  readonly deliveries: readonly QueuedDelivery[];
  /** Held deliveries that are due now, of stages up to `upTo`. */
  readonly released: readonly (HeldChange & { readonly upTo: number })[];
  /** After that: held deliveries that are not needed any more. */
  readonly stopped: readonly HeldChange[];
  readonly bindings: readonly BindingChange[];
  /** Before the deliveries of this batch enter. */
  readonly lost: readonly LostRight[];
  /** After the bindings: a room counts only if it is one of the home in which the device stands then. */
  readonly placed: readonly Placement[];
  readonly modes: readonly ModeChangeRow[];
  readonly figures: readonly DeviceFigures[];
  /** What changes in what the broker remembers, in the order in which it happened. */
  readonly broker: readonly BrokerChange[];
}

const emptyBatch: IntakeBatch = {
  inputs: [],
  deadLetters: [],
  deviceStates: [],
  ruleMemories: [],
  alarms: [],
  notices: [],
  deliveries: [],
  released: [],
  stopped: [],
  bindings: [],
  lost: [],
  placed: [],
  modes: [],
  figures: [],
  broker: [],
};

/** A batch of these rows and no others, for whoever decides nothing. */
export const batchOf = (rows: Partial<IntakeBatch>): IntakeBatch => ({ ...emptyBatch, ...rows });

export type CommitResult =
  /** Durable. The notices have got their counters; those that were known already are left out. */
  | { readonly ok: true; readonly notices: readonly Notice[] }
  /** Somebody else wrote these devices meanwhile: nothing was written; load them again and decide again. */
  | { readonly ok: false; readonly stale: readonly string[] };

/** All that deciding about a device takes; held in memory while the device is active. */
export interface DeviceFile {
  readonly device: Device;
  readonly product: Product;
  readonly binding: Binding;
  /** Of the binding; null while there is none. */
  readonly home: Home | null;
  /** Its changes of mode, a day and an hour back from the present one; oldest first. */
  readonly modes: readonly ModeSpan[];
  /** The owner, and members who are told; the operators, while there is no owner. */
  readonly recipients: readonly Recipient[];
  /** Who else may see or do something here, by grants on the device and on its home. */
  readonly members: readonly Member[];
  /** In which it hangs, of its home; null: in none. */
  readonly roomId: string | null;
  /** Of the home. */
  readonly contacts: readonly ContactReach[];
  /** Of the present epoch. */
  readonly state: DeviceState;
  /** What its rules remember: there are few, and they are copied with every reading that one of them minds. */
  readonly rules: readonly RuleMemory[];
  /** Those without an end. */
  readonly openAlarms: readonly Alarm[];
  /** Of the inputs, at least of the last 256; what grew last stands last. */
  readonly recentStamps: readonly StampRange[];
}

export abstract class IntakeStore {
  /**
   * @throws when the store is down or full: then nothing was written and nothing may be acknowledged; DomainError
   *   `not-found` when the home that a device would come into is gone.
   */
  abstract commit(batch: IntakeBatch): Promise<CommitResult>;
  /** Files of those of the devices that exist. */
  abstract load(deviceIds: readonly string[]): Promise<DeviceFile[]>;
  /** The newest stamped inputs of a device, at most so many, in the order in which they were decided. */
  abstract past(deviceId: string, limit: number): Promise<InputRow[]>;
  /** Devices that need the clock: an open alarm, or a rule with a due time. */
  abstract watched(): Promise<string[]>;
  /** Devices bound in a home. */
  abstract inHome(homeId: string): Promise<string[]>;
  /** Every change of them, oldest first. */
  abstract figuresOf(deviceId: string): Promise<DeviceFigures[]>;
  /** Devices that speak through this one. */
  abstract childrenOf(deviceId: string): Promise<string[]>;
  abstract deadLetters(limit: number): Promise<DeadLetter[]>;
  /** All that the broker kept, for its start. */
  abstract brokerMemory(): Promise<BrokerMemory>;
  abstract isHealthy(): Promise<boolean>;
}
