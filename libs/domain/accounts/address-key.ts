// An address of a caller as people write it, and one key for everybody who shares one.
const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const groups = 8;
const networkGroups = 4;

/** Without a zone, and IPv4 as IPv4 on a socket that takes both. */
export function plainAddress(address: string): string {
  return mapped.exec(address)?.[1] ?? address.split('%', 1)[0] ?? address;
}

/** The whole of IPv4, the first 64 bits of IPv6 (a household's part). */
export function addressKey(address: string): string {
  const plain = plainAddress(address);
  return plain.includes(':') ? `${expanded(plain).slice(0, networkGroups).join(':')}::/64` : plain;
}

function expanded(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: groups - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map(group => group.toLowerCase().replace(/^0+(?=.)/, ''));
}
