// How many connects this machine has had to ask for again, because whoever listens had no place for them to wait.
import { readFileSync } from 'node:fs';

const counters = '/proc/net/netstat';

/** SYNs that were sent again, since the start of the system; null where it does not say. */
export function connectsSentAgain(): number | null {
  const [names = [], values = []] = linesOf('TcpExt:').map(line => line.split(' '));
  const place = names.indexOf('TCPSynRetrans');
  return place < 0 ? null : Number(values[place]);
}

/** The names, then their values. */
function linesOf(group: string): string[] {
  try {
    return readFileSync(counters, 'utf8')
      .split('\n')
      .filter(line => line.startsWith(group));
  } catch {
    return [];
  }
}
