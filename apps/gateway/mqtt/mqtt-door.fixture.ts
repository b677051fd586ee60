// What stands behind the door in its specs: a store, an intake and pictures that only write down what they are given.
import type { BindingStateName } from '#codecs/api';
import { hashToken } from '#domain/accounts';
import { ApplicationStore } from '#domain/applications';
import { registeredBinding } from '#domain/binding';
import { Clock, ManualClock } from '#domain/clock';
import { type Device, DeviceStore, SnapshotStore } from '#domain/devices';
import {
  type Answered,
  Contests,
  type DeadLetter,
  type DeviceFile,
  type DeviceMessage,
  Intake,
  Pictures,
  SessionJournal,
  type Taken,
  Watches,
} from '#domain/intake';
import { Renewals } from './renewals.js';

export const now = 1_700_000_000_000;
export const secret = 'thirty-two random bytes';

type Heard = Parameters<Intake['hear']>[0];

/** What the door has done, in order. */
export class Records {
  readonly steps: string[] = [];
  readonly messages: DeviceMessage[] = [];
  readonly deadLetters: DeadLetter[] = [];
  readonly lines: string[] = [];
  state: BindingStateName = 'registered';
  isStoreDown = false;
}

function fileOf(deviceId: string, state: BindingStateName): DeviceFile {
  return {
    device: { id: deviceId },
    product: { intervalS: 60 },
    binding: { ...registeredBinding(deviceId), state, epoch: 3 },
  } as unknown as DeviceFile;
}

export function fakes(records: Records) {
  const devices = new Map(
    ['gas-1', 'hub-1'].map(id => [
      id,
      { id, secretHash: hashToken(secret), revokedAt: null, secretEpoch: 0, renewal: null },
    ]),
  );
  const store = {
    byId: async (id: string) => devices.get(id) ?? null,
    childrenOf: async (id: string) => (id === 'hub-1' ? [{ id: 'door-7', revokedAt: null }] : []) as Device[],
  };
  const take = (input: Heard): Taken => {
    if (input.kind === 'malformed') {
      records.steps.push('dead letter');
      records.deadLetters.push(input.letter);
    } else {
      records.steps.push(`receive ${input.said.message.kind}`);
      records.messages.push(input.said);
    }
    return { kind: 'stored', files: [] };
  };
  const intake = {
    prepare: async (ids: string[]) => void records.steps.push(`prepare ${ids}`),
    file: async (id: string) => fileOf(id, records.state),
    receive: async (message: DeviceMessage) => {
      if (records.isStoreDown) throw new Error('disk full');
      return take({ kind: 'message', said: message });
    },
    hear: (input: Heard, answered: Answered) =>
      answered(records.isStoreDown ? { kind: 'refused', error: new Error('disk full') } : take(input)),
  };
  const journal: SessionJournal = {
    load: async () => ({ sessions: [], retained: [] }),
    keep: async () => {},
  };
  const snapshots = {
    put: async (id: string, epoch: number, image: Uint8Array) =>
      void records.steps.push(`picture ${id} ${epoch} ${image.length}`),
  };
  return [
    { provide: DeviceStore, useValue: store },
    { provide: ApplicationStore, useValue: { byId: async () => null } },
    { provide: SnapshotStore, useValue: snapshots },
    { provide: Intake, useValue: intake },
    Pictures,
    { provide: Contests, useValue: { note: async () => {} } },
    { provide: Renewals, useValue: { hand: async () => {}, putOff: async () => 'unavailable' } },
    { provide: SessionJournal, useValue: journal },
    { provide: Clock, useValue: new ManualClock(now) },
    { provide: Watches, useValue: new Watches(new ManualClock(now)) },
  ];
}
