// `batches export`: the credentials of a batch, slice by slice into files; broken off, it goes on with the same command.
import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { type BatchView, credentialsACall } from '#codecs/api';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import { ProgressBar } from '../progress-bar.js';
import type { GatewayOptions } from '../settings.js';
import { type RecipientOptions, type Seal, sealFor } from './age.js';
import { type CredentialFiles, FileADevice, firstPart, GrowingCsv, SealedCsv } from './credential-files.js';
import { type CredentialedDevice, credentialRows } from './credential-rows.js';
import { CredentialSource } from './credential-source.js';
import { dropNote, type ExportNote, keepNote, readNote } from './export-note.js';

export interface ExportOptions extends GatewayOptions, RecipientOptions {
  readonly out: string;
  readonly each?: boolean;
  readonly certificates?: boolean;
  readonly again?: boolean;
}

type Form = ExportNote['form'];

export function withExportOptions(command: Command): Command {
  return command
    .option('--out <file>', 'write the credentials there, for you alone to read; - for standard output')
    .option('--each', 'one file a device, in the folder that --out names')
    .option('--age <key>', 'encrypt to this key of age (age1…); may be given several times', collected)
    .option('--age-recipients <file>', 'encrypt to the keys in this file, one a line')
    .option('--certificates', 'give each a certificate and its key as well (see: airbind ca)');
}

export function exportCommand(surroundings: Surroundings): Command {
  return withExportOptions(
    gatewayCommand('export', 'take out the credentials of a batch, once').argument(
      '<batch>',
      'its name or number',
    ),
  )
    .option('--again', 'begin again; what was handed out before stops working')
    .addHelpText(
      'after',
      `\nBroken off, the same command goes on. What was on its way then is made anew, and never works twice. When you
hold the files: airbind batches confirm BATCH, and none of it can leave again. Encrypted CSV of more than
${credentialsACall} devices comes in parts, batch-000001.csv.age and so on.\n${examples(
        'batches export autumn --out autumn.csv',
        'batches export autumn --out autumn.csv.age --age age1…',
        'batches export autumn --out devices --each --age-recipients factory.txt',
      )}`,
    )
    .action(async (name: string, options: Partial<ExportOptions>) => {
      const { out } = options;
      if (out === undefined) throw new Failure('usage', { sentence: 'Say where to with --out FILE.' });
      const { gateway } = await connect(surroundings, options);
      const batch = await gateway.call('batch', { params: { batch: name } });
      await exportBatch(surroundings, { ...options, out }, batch);
    });
}

/** Writes the files, or standard output, and says what to do next. */
export async function exportBatch(
  surroundings: Surroundings,
  options: ExportOptions,
  batch: BatchView,
): Promise<void> {
  const { out, age, ageRecipients } = options;
  const seal = await sealFor({ age, ageRecipients });
  const source = new CredentialSource(surroundings, options, batch);
  if (out === '-') return printed(surroundings, options, seal, source);
  const { show } = await connect(surroundings, options);
  const where = await written(surroundings, options, seal, source, batch);
  const name = batch.name ?? String(batch.id);
  show(
    { batch: { ...batch, exported: batch.count }, file: where },
    () =>
      `Batch ${name}: the credentials of ${batch.count} devices of ${batch.product}, written to ${where}.\nWhen they are where they belong: airbind batches confirm ${name} --yes\n`,
  );
  surroundings.terminal.complain(source.missingText());
}

async function written(
  { terminal }: Surroundings,
  options: ExportOptions,
  seal: Seal | null,
  source: CredentialSource,
  batch: BatchView,
): Promise<string> {
  const { out } = options;
  const form: Form = options.each ? 'file-a-device' : seal ? 'sealed-csv' : 'csv';
  const begun = await begin(options, form, batch);
  let { after, receipt, bytes } = begun.note;
  const files = await filesFor(form, options, seal, batch, bytes);
  const bar = new ProgressBar(terminal, 'Exporting credentials', batch.count, after);
  const begunAt = after;
  source.certifiedSoFar = count => bar.to(begunAt + count);
  try {
    for (let isFirst = true; ; isFirst = false) {
      const slice = await source.next(after, receipt, begun.again && isFirst);
      if (slice.receipt === null) break;
      bytes = await files.write(after, slice.devices);
      after += slice.devices.length;
      receipt = slice.receipt;
      await keepNote(out, { ...begun.note, after, receipt, bytes });
      bar.to(after);
    }
    bar.end();
    const where = await files.finish();
    await dropNote(out);
    return where;
  } catch (error) {
    bar.end();
    await files.close().catch(() => {});
    if (after === 0) await dropNote(out);
    else
      terminal.complain(`${after} of ${batch.count} are in ${out}. The same command goes on from there.\n`);
    throw error;
  }
}

/** Where the files stand, or that there are none yet. What is there and is no part of this export stays untouched. */
async function begin(
  { out, again = false }: ExportOptions,
  form: Form,
  batch: BatchView,
): Promise<{ note: ExportNote; again: boolean }> {
  const fresh: ExportNote = { version: 1, batch: batch.id, form, after: 0, receipt: null, bytes: 0 };
  const note = await readNote(out);
  if (note !== null && (note.batch !== batch.id || note.form !== form)) {
    const sentence = `Another export is under way in ${out}. Give it another name.`;
    throw new Failure('file-unwritable', { sentence });
  }
  if (note !== null && !again) return { note, again };
  if (note === null) await refuseWhatIsThere(out, firstPart(out));
  await keepNote(out, fresh);
  return { note: fresh, again };
}

async function refuseWhatIsThere(...files: readonly string[]): Promise<void> {
  for (const file of files) {
    const isThere = await stat(file).then(
      () => true,
      () => false,
    );
    if (isThere) {
      throw new Failure('file-unwritable', {
        sentence: `${file} is there already, and is not written over.`,
      });
    }
  }
}

async function filesFor(
  form: Form,
  { out, certificates = false }: ExportOptions,
  seal: Seal | null,
  batch: BatchView,
  bytes: number,
): Promise<CredentialFiles> {
  const rows = credentialRows(certificates);
  if (form === 'file-a-device') return FileADevice.open(out, seal);
  return seal === null
    ? GrowingCsv.open(out, rows, bytes)
    : new SealedCsv(out, rows, seal, batch.count <= credentialsACall);
}

/** To standard output, for a program that waits there; who breaks it off begins again. */
async function printed(
  { terminal }: Surroundings,
  { json, certificates = false, again = false }: ExportOptions,
  seal: Seal | null,
  source: CredentialSource,
): Promise<void> {
  if (seal !== null)
    throw new Failure('usage', { sentence: 'What is encrypted goes into a file: --out FILE.' });
  const rows = credentialRows(certificates);
  const devices: CredentialedDevice[] = [];
  let receipt: string | null = null;
  for (let isFirst = true; ; isFirst = false) {
    const slice = await source.next(devices.length, receipt, again && isFirst);
    if (slice.receipt === null) {
      if (json) terminal.write(`${JSON.stringify({ batch: slice.batch, devices }, null, 2)}\n`);
      break;
    }
    if (!json) {
      if (isFirst) terminal.write(rows.heading);
      terminal.write(slice.devices.map(device => rows.line(device)).join(''));
    }
    devices.push(...slice.devices);
    receipt = slice.receipt;
  }
  terminal.complain(source.missingText());
}

function collected(key: string, before: readonly string[] = []): readonly string[] {
  return [...before, key];
}
