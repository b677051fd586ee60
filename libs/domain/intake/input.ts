// Everything that can decide something: what devices say, what people do, and the passing of time.
import type { HomeMode } from '#codecs/api';
import type { UpwardMessage } from '#codecs/wire';
import type { Binding } from '#domain/binding';
import type { DeviceState } from '#domain/devices';
import type { Recipient } from '#domain/notices';
import type { DeadLetter } from './intake.store.js';

export interface DeviceMessage {
  readonly deviceId: string;
  readonly message: UpwardMessage;
  readonly receivedAt: number;
  /** Set when the device asked for it to be retained; a null payload removes what was. */
  readonly retained?: { readonly topic: string; readonly payload: Uint8Array | null };
}

export type Input =
  | { readonly kind: 'message'; readonly said: DeviceMessage }
  | { readonly kind: 'malformed'; readonly letter: DeadLetter }
  | { readonly kind: 'tick'; readonly deviceId: string; readonly at: number }
  | {
      readonly kind: 'mode';
      readonly homeId: string;
      readonly deviceIds: readonly string[];
      readonly mode: HomeMode;
      readonly at: number;
    }
  | {
      readonly kind: 'acknowledge' | 'reset';
      readonly deviceId: string;
      readonly alarmId: string;
      readonly accountId: string;
      readonly at: number;
    }
  /** The owner changed: what is open from an earlier epoch ends, and its people are told. */
  | {
      readonly kind: 'ownership';
      readonly deviceId: string;
      readonly former: Former;
      readonly at: number;
    };

/** What is known of the time before a change of owner. */
export interface Former {
  readonly binding: Binding | null;
  /** Who was told until then. */
  readonly recipients: readonly Recipient[];
  readonly state: DeviceState | null;
}

/** Whether it waits for a store that is down: what a device said; people and ticks are told and come again. */
export function isPatient({ kind }: Input): boolean {
  return kind === 'message' || kind === 'malformed';
}

/** The devices whose files deciding takes. */
export function devicesOf(input: Input): readonly string[] {
  switch (input.kind) {
    case 'message':
      return [input.said.deviceId];
    case 'malformed':
      return [];
    case 'mode':
      return input.deviceIds;
    case 'tick':
    case 'acknowledge':
    case 'reset':
    case 'ownership':
      return [input.deviceId];
    default:
      return input satisfies never;
  }
}
