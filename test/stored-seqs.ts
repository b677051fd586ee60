// What the database of a gateway holds of a device, read beside whoever writes it.
import { join } from 'node:path';
import { sqliteBinding } from '#adapters/storage';

/** The numbers of a device's stamped messages of one run of its firmware, rising; one that stands twice comes twice. */
export function storedSeqs(dataFolder: string, deviceId: string, boot: number): number[] {
  const database = new (sqliteBinding())(join(dataFolder, 'airbind.db'));
  try {
    const rows = database
      .prepare('SELECT seq, messages FROM inputs WHERE device_id = ? AND boot = ? ORDER BY seq')
      .all(deviceId, boot) as { seq: number; messages: number }[];
    // A row may hold several messages, with the next numbers.
    return rows.flatMap(({ seq, messages }) => Array.from({ length: messages }, (_, place) => seq + place));
  } finally {
    database.close();
  }
}
