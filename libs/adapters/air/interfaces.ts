// The machine's network interfaces: where each broadcasts to, and whether devices could hear it there.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where Linux describes its interfaces; other systems have no such place, and say nothing. */
const LINUX_DEVICES = '/sys/class/net';

export interface NetworkInterface {
  readonly name: string;
  readonly address: string;
  /** Address that reaches everybody in its network. */
  readonly broadcast: string;
  readonly isLoopback: boolean;
}

/** All interfaces with an IPv4 address. */
export function ipv4Interfaces(): NetworkInterface[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family }) => family === 'IPv4')
      .map(({ address, netmask, internal }) => ({
        name,
        address,
        broadcast: broadcastOf(address, netmask),
        isLoopback: internal,
      })),
  );
}

/** Whether it is Wi-Fi; undefined where the system does not say. */
export function isWifi(name: string, devices = LINUX_DEVICES): boolean | undefined {
  const place = join(devices, name);
  return existsSync(place) ? existsSync(`${place}/wireless`) || existsSync(`${place}/phy80211`) : undefined;
}

/** Its frequency in MHz; undefined where it cannot be known, or not within the time. */
export async function frequencyMhz(name: string, iw = 'iw', timeoutMs = 2_000): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)(iw, ['dev', name, 'info'], { timeout: timeoutMs });
    const found = /\((\d+)(?:\.\d+)? MHz\)/.exec(stdout)?.[1];
    return found === undefined ? undefined : Number(found);
  } catch {
    return undefined;
  }
}

function broadcastOf(address: string, netmask: string): string {
  const mask = netmask.split('.').map(Number);
  return address
    .split('.')
    .map((byte, index) => Number(byte) | (~(mask[index] ?? 255) & 0xff))
    .join('.');
}
