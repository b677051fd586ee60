// Who has joined so far: answers sorted by device, however often each one answers.
import { readAcknowledgement } from '#codecs/airkiss';
import type { Answer } from './air.js';

/** A device that answered. */
export interface JoinedDevice {
  /** Its address in the network. */
  readonly address: string;
  /** Address of its station, 12 hex digits, where it said so. */
  readonly mac?: string;
}

/** Devices by address and MAC; an official device says only the random byte, many times. */
export class JoinedDevices {
  private readonly devices: JoinedDevice[] = [];

  constructor(private readonly random: number) {}

  get list(): readonly JoinedDevice[] {
    return this.devices;
  }

  /** Takes an answer; returns the device when it is a new one. */
  hear({ bytes, address }: Answer): JoinedDevice | undefined {
    const acknowledgement = readAcknowledgement(bytes, this.random);
    if (!acknowledgement) return undefined;
    const device: JoinedDevice = { address, ...acknowledgement };
    const index = this.devices.findIndex(known => isSame(known, device));
    if (index < 0) {
      this.devices.push(device);
      return device;
    }
    if (device.mac !== undefined) this.devices[index] = device;
    return undefined;
  }
}

/** One that did not say its MAC is told by its address. */
const isSame = (known: JoinedDevice, heard: JoinedDevice): boolean =>
  known.mac === undefined || heard.mac === undefined
    ? known.address === heard.address
    : known.mac === heard.mac;
