// What the alarms room reads from a store; it is written by the intake's commit alone.
import type { Alarm } from './alarm.js';

export abstract class AlarmStore {
  abstract byId(id: string): Promise<Alarm | null>;
  /** Of devices that this account owns now, and of those shared with it, in the present epoch; open ones first, then newest first. */
  abstract ofPerson(ownerId: string, sharedDeviceIds: readonly string[], limit: number): Promise<Alarm[]>;
  /** Of all devices (operators); open ones first, then newest first. */
  abstract latest(limit: number): Promise<Alarm[]>;
  abstract ofDevice(deviceId: string, epoch: number, limit: number): Promise<Alarm[]>;
}
