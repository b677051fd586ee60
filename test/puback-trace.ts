// Reads strace's lines and says which PUBACKs were written before their message was on the disk.

/** What strace must show. SQLite takes `fdatasync` where it was built to, and else `fsync`. */
export const calls = 'pwrite64,fsync,fdatasync,write,writev,sendto';

export interface Acknowledgement {
  readonly packetId: number;
  /** Written to the log and synced, in this order, before the PUBACK. */
  readonly isCovered: boolean;
}

/**
 * @param trace of one thread: `calls`, with `-y` and whole strings
 * @param markOf what is found in the log's bytes once the message of this packet stands in it, as strace escapes it
 */
export function acknowledgements(
  trace: string,
  packetIds: readonly number[],
  markOf: (packetId: number) => RegExp,
): Acknowledgement[] {
  const logged = new Set<number>();
  const synced = new Set<number>();
  const told: Acknowledgement[] = [];
  for (const line of trace.split('\n')) {
    if (isOfLog(line, 'pwrite64')) {
      for (const id of packetIds) if (!logged.has(id) && markOf(id).test(line)) logged.add(id);
    } else if (isOfLog(line, 'f(?:data)?sync') && line.endsWith('= 0')) {
      for (const id of logged) synced.add(id);
    } else if (/^(write|writev|sendto)\(\d+<(socket|TCP)/.test(line)) {
      for (const packetId of pubacksIn(line)) told.push({ packetId, isCovered: synced.has(packetId) });
    }
  }
  return told;
}

function isOfLog(line: string, call: string): boolean {
  return new RegExp(`^${call}\\(\\d+<[^>]*\\.db-wal>`).test(line);
}

/** 0x40, the length 2 and the packet id, wherever they stand in what was written at once (MQTT 3.1.1, 3.4). */
function pubacksIn(line: string): number[] {
  const bytes = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].flatMap(([, text = '']) => bytesOf(text));
  const found: number[] = [];
  for (let at = 0; bytes[at] === 0x40 && bytes[at + 1] === 2; at += 4)
    found.push(((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  return found;
}

const escapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12, '"': 34, '\\': 92 };

/** strace's strings: C escapes, octal without leading zeros unless a digit follows. */
function bytesOf(text: string): number[] {
  return [...text.matchAll(/\\([0-7]{1,3})|\\(.)|([^\\])/g)].map(([, octal, letter, plain]) => {
    if (octal !== undefined) return Number.parseInt(octal, 8);
    return letter === undefined ? (plain ?? '').charCodeAt(0) : (escapes[letter] ?? 0);
  });
}
