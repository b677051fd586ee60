// The file in which a simulated home keeps what its devices have in their flash.
import { randomUUID } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { identitySchema, memorySchema } from '../device/index.js';

const recordSchema = z.object({ identity: identitySchema, memory: memorySchema });
const homeSchema = z.object({ version: z.literal(1), devices: z.array(recordSchema) });

export type DeviceRecord = z.infer<typeof recordSchema>;

/** @throws a sentence when there is a file that is not a home's. */
export async function readHome(path: string): Promise<DeviceRecord[]> {
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null;
    throw fault;
  });
  if (text === null) return [];
  const home = homeSchema.safeParse(parsedJson(text));
  if (home.success) return home.data.devices;
  throw new Error(`${path} is not the file of a simulated home; move it away, or name another with --state`);
}

/** Writes a home's file whole and safe: a power cut leaves the old one or the new one, never half of either. */
export class HomeFile {
  private writing: Promise<void> | null = null;
  private next: Promise<void> | null = null;

  constructor(
    private readonly path: string,
    private readonly records: readonly DeviceRecord[],
  ) {}

  /** Resolves when what is in memory now is on the disk. Calls during a write share the next one. */
  save(): Promise<void> {
    if (!this.writing) return this.begin();
    this.next ??= this.writing.catch(() => {}).then(() => this.begin());
    return this.next;
  }

  private begin(): Promise<void> {
    this.next = null;
    this.writing = this.write().finally(() => {
      this.writing = null;
    });
    return this.writing;
  }

  private async write(): Promise<void> {
    const text = `${JSON.stringify({ version: 1, devices: this.records }, null, 2)}\n`;
    const temporary = `${this.path}.${randomUUID()}.tmp`;
    // The file holds credentials and a Wi-Fi password.
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.path);
    await syncDirectory(dirname(this.path));
  }
}

/** Without this a rename may be undone by a power cut. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
