// One key for everybody who shares an address: the whole of IPv4, the first 64 bits of IPv6 (a household's part).
const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const groups = 8;
const networkGroups = 4;

export function addressKey(address: string): string {
  const ipv4 = mapped.exec(address)?.[1];
  if (ipv4) return ipv4;
  return address.includes(':') ? `${expanded(address).slice(0, networkGroups).join(':')}::/64` : address;
}

function expanded(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: groups - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map(group => group.toLowerCase().replace(/^0+(?=.)/, ''));
}
