// Beside the files of an export that is under way: how far they are, so that it goes on there after whatever broke it off.
import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { Failure } from '../failure.js';
import { forOwner, intoWholeFile, syncFolderOf } from '../whole-file.js';

const noteSchema = z.object({
  version: z.literal(1),
  batch: z.int(),
  form: z.enum(['csv', 'sealed-csv', 'file-a-device']),
  /** How many credentials the files hold, and what the gateway gave with the last of them. */
  after: z.int(),
  receipt: z.string().nullable(),
  /** Length of the file that grows. */
  bytes: z.int(),
});
export type ExportNote = z.infer<typeof noteSchema>;

const fileOf = (out: string): string => `${out}.export`;

/** Null when no export is under way there. @throws Failure for a file that is none of ours. */
export async function readNote(out: string): Promise<ExportNote | null> {
  const text = await readFile(fileOf(out), 'utf8').catch(() => null);
  if (text === null) return null;
  const note = noteSchema.safeParse(parsedJson(text));
  if (note.success) return note.data;
  throw new Failure('file-unreadable', { sentence: `${fileOf(out)} is not a note of an export.` });
}

/** On the disk when it resolves. */
export async function keepNote(out: string, note: ExportNote): Promise<void> {
  await intoWholeFile(fileOf(out), forOwner, handle => handle.writeFile(`${JSON.stringify(note)}\n`));
  await syncFolderOf(fileOf(out));
}

export const dropNote = (out: string): Promise<void> => rm(fileOf(out), { force: true });

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
