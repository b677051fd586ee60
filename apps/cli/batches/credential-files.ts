// Where credentials are written: one CSV that grows, sealed parts of a CSV, or a file a device.
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { forOwner, intoWholeFile, syncFolderOf, unwritable } from '../whole-file.js';
import type { Seal } from './age.js';
import type { CredentialedDevice, Rows } from './credential-rows.js';

/** What an export writes to. All that `write` took is on the disk when it resolves, and writing it again replaces it. */
export interface CredentialFiles {
  /** @param after number of the device before the first of these. @returns the length of the file that grows. */
  write(after: number, devices: readonly CredentialedDevice[]): Promise<number>;
  /** Gives the files their names. @returns them, for a person. */
  finish(): Promise<string>;
  /** Broken off: what is written stays, for whoever goes on. */
  close(): Promise<void>;
}

/** Written at the place that is noted: what a broken run left behind it there is written over. */
export class GrowingCsv implements CredentialFiles {
  private constructor(
    private readonly file: string,
    private readonly rows: Rows<CredentialedDevice>,
    private readonly handle: FileHandle,
    private bytes: number,
  ) {}

  /** @param bytes of it that count; 0 for a new one */
  static async open(file: string, rows: Rows<CredentialedDevice>, bytes: number): Promise<GrowingCsv> {
    const flag = bytes === 0 ? 'w' : 'r+';
    const handle = await open(partOf(file), flag, forOwner).catch(error => unwritable(file, error));
    await handle.truncate(bytes);
    return new GrowingCsv(file, rows, handle, bytes);
  }

  async write(_after: number, devices: readonly CredentialedDevice[]): Promise<number> {
    const heading = this.bytes === 0 ? this.rows.heading : '';
    const text = Buffer.from(heading + devices.map(device => this.rows.line(device)).join(''));
    await this.handle.write(text, 0, text.length, this.bytes);
    await this.handle.sync();
    this.bytes += text.length;
    return this.bytes;
  }

  async finish(): Promise<string> {
    await this.handle.close();
    await rename(partOf(this.file), this.file);
    await syncFolderOf(this.file);
    return this.file;
  }

  async close(): Promise<void> {
    await this.handle.close();
    if (this.bytes === 0) await rm(partOf(this.file), { force: true });
  }
}

const partOf = (file: string): string => `${file}.part`;

/** A sealed file cannot be gone on with, so each slice is one of its own. */
export class SealedCsv implements CredentialFiles {
  /** @param isWhole whether one part holds the whole batch, and so has the name alone */
  constructor(
    private readonly file: string,
    private readonly rows: Rows<CredentialedDevice>,
    private readonly seal: Seal,
    private readonly isWhole: boolean,
  ) {}

  async write(after: number, devices: readonly CredentialedDevice[]): Promise<number> {
    const text = this.rows.heading + devices.map(device => this.rows.line(device)).join('');
    const sealed = await this.seal(text);
    const name = this.isWhole ? this.file : numbered(this.file, after + 1);
    await intoWholeFile(name, forOwner, handle => handle.writeFile(sealed));
    await syncFolderOf(name);
    return 0;
  }

  async finish(): Promise<string> {
    return this.isWhole ? this.file : `${firstPart(this.file)} and the parts after it`;
  }

  async close(): Promise<void> {}
}

/** The name of the first of several parts. */
export const firstPart = (file: string): string => numbered(file, 1);

/** `batch.csv.age` becomes `batch-000001.csv.age`. */
function numbered(file: string, first: number): string {
  const [, stem = '', extensions = ''] = /^(.*?[^/.]+)((?:\.[^/.]+)*)$/.exec(file) ?? [];
  return `${stem}-${first.toString().padStart(6, '0')}${extensions}`;
}

/** Written at the same time. */
const filesAtOnce = 8;

export class FileADevice implements CredentialFiles {
  constructor(
    private readonly folder: string,
    private readonly seal: Seal | null,
  ) {}

  static async open(folder: string, seal: Seal | null): Promise<FileADevice> {
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch(error => unwritable(folder, error));
    return new FileADevice(folder, seal);
  }

  async write(_after: number, devices: readonly CredentialedDevice[]): Promise<number> {
    for (let from = 0; from < devices.length; from += filesAtOnce) {
      await Promise.all(devices.slice(from, from + filesAtOnce).map(device => this.put(device)));
    }
    await syncFolderOf(join(this.folder, 'any'));
    return 0;
  }

  async finish(): Promise<string> {
    return `${this.folder}/`;
  }

  async close(): Promise<void> {}

  private async put(device: CredentialedDevice): Promise<void> {
    const text = `${JSON.stringify(device, null, 2)}\n`;
    const name = join(this.folder, `${device.id}.json${this.seal ? '.age' : ''}`);
    const content = this.seal ? await this.seal(text) : text;
    await intoWholeFile(name, forOwner, handle => handle.writeFile(content));
  }
}
