// The address at which a phone in the same network finds this machine.
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

const everywhere = new Set(['0.0.0.0', '::']);

/** The origin to show for a listener: its own host, or this machine's first address when it listens everywhere. */
export function reachableOrigin(host: string, port: number): string {
  const name = everywhere.has(host) ? (firstLanAddress() ?? 'localhost') : host;
  return new URL(`http://${isIPv6(name) ? `[${name}]` : name}:${port}`).origin;
}

function firstLanAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap(list => list ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}
