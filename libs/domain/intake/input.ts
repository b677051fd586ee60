// Everything that can decide something: what devices say, what people do, and the passing of time.
import type { HomeMode, Matter, Rule } from '#codecs/api';
import type { UpwardMessage } from '#codecs/wire';
import type { Binding, BindingEvent } from '#domain/binding';
import type { Recipient } from '#domain/notices';
import type { BrokerChange } from './broker-change.js';
import type { DeadLetter, DeviceFigures } from './intake.store.js';
import type { Destination } from './moving.js';

export interface DeviceMessage {
  readonly deviceId: string;
  readonly message: UpwardMessage;
  readonly receivedAt: number;
  /** Its sender says that it may have come before (MQTT's DUP). */
  readonly isResent?: boolean | undefined;
  /** What it changes in what the broker remembers: retained messages, and copies for those who listen. */
  readonly changes?: readonly BrokerChange[];
}

export type Input =
  | { readonly kind: 'message'; readonly said: DeviceMessage }
  | { readonly kind: 'malformed'; readonly letter: DeadLetter }
  /** What the broker remembers changes, and nothing is decided. */
  | { readonly kind: 'broker'; readonly changes: readonly BrokerChange[] }
  | { readonly kind: 'tick'; readonly deviceId: string; readonly at: number }
  | {
      readonly kind: 'mode';
      readonly homeId: string;
      readonly deviceIds: readonly string[];
      readonly mode: HomeMode;
      readonly former: HomeMode;
      /** Since when it holds: of a planned one, when it was due. */
      readonly since: number;
      /** The account that changed it; null: the plan did. */
      readonly by: string | null;
      readonly at: number;
    }
  /** The device's hub is silent, by the alarm that says so; or it is back. */
  | { readonly kind: 'parent'; readonly deviceId: string; readonly by: string | null; readonly at: number }
  /** The device's rules have other figures from now on. */
  | ({ readonly kind: 'rules'; readonly deviceId: string; readonly at: number } & RulesChange)
  | PersonsInput
  /** Something that people have to know of a device though nothing is alarmed. */
  | {
      readonly kind: 'matter';
      readonly deviceId: string;
      readonly matter: Matter;
      /** Stable: the same id is told once. */
      readonly id: string;
      /** Null: those who are told of its alarms. */
      readonly to: readonly Recipient[] | null;
      /** As it was for them, when it is theirs no more; left out: as it is. */
      readonly before?: Binding;
      readonly said?: string | null;
      readonly at: number;
    }
  /** What a person does to whose the device is. */
  | ({
      readonly kind: 'binding';
      readonly deviceId: string;
      readonly event: BindingEvent;
    } & Surroundings);

/** Whom a change of a binding concerns, though the device's file does not know them. */
export interface Surroundings {
  /** The owner to be, or who asked for it; null: nobody. */
  readonly outsider: Recipient | null;
  /** Of a move; null: it is none. */
  readonly destination: Destination | null;
}

export interface RulesChange {
  readonly figures: DeviceFigures;
  /** All of them, as they hold from now on. */
  readonly rules: readonly Rule[];
}

/** What a person does about an alarm. */
export type PersonsInput = PersonsDeed & {
  readonly deviceId: string;
  readonly alarmId: string;
  readonly accountId: string;
  /** As the others read who it was. */
  readonly name: string;
  readonly at: number;
};

export type PersonsDeed =
  | { readonly kind: 'acknowledge' | 'reset' }
  | { readonly kind: 'shelve'; readonly until: number; readonly text?: string }
  | { readonly kind: 'comment'; readonly text: string };

/** Whether it waits for a store that is down: what clients said; people and ticks are told and come again. */
export function isPatient({ kind }: Input): boolean {
  return kind === 'message' || kind === 'malformed' || kind === 'broker';
}

/** Whose word it is, or about whom: what has the same name is decided in the order in which it came. */
export function speakerOf(input: Input): string {
  switch (input.kind) {
    case 'message':
      return input.said.deviceId;
    case 'malformed':
      return input.letter.deviceId;
    case 'broker':
      return '/broker';
    case 'mode':
      return `/home/${input.homeId}`;
    case 'tick':
    case 'parent':
    case 'rules':
    case 'acknowledge':
    case 'reset':
    case 'shelve':
    case 'comment':
    case 'matter':
    case 'binding':
      return input.deviceId;
    default:
      return input satisfies never;
  }
}

/** The devices whose files deciding takes. */
export function devicesOf(input: Input): readonly string[] {
  switch (input.kind) {
    case 'message':
      return [input.said.deviceId];
    case 'malformed':
    case 'broker':
      return [];
    case 'mode':
      return input.deviceIds;
    case 'tick':
    case 'parent':
    case 'rules':
    case 'acknowledge':
    case 'reset':
    case 'shelve':
    case 'comment':
    case 'matter':
    case 'binding':
      return [input.deviceId];
    default:
      return input satisfies never;
  }
}
