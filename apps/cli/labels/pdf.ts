// `labels sheet`, `roll` and `pins`: labels as PDF, written page by page however many there are.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Command, InvalidArgumentError } from 'commander';
import { labelPrint, labelsPdf, type Print, pinPrint, type Sheet } from '#codecs/label';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import { ProgressBar } from '../progress-bar.js';
import { forAll, forOwner, intoWholeFile } from '../whole-file.js';
import { sheetOption, sheetsText, sizeOption, usualSheetOf, warnIfSmall } from './paper.js';
import { labelSource, pinSource, type Source, type SourceOptions, withSourceOptions } from './sources.js';

/** Has every Chinese character of names; what is used of it is embedded. SIL Open Font License. */
const notoSans = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';

const blockBytes = 262_144;

interface PdfOptions extends SourceOptions {
  readonly out: string;
  readonly sheet?: Sheet;
  readonly size?: Sheet;
  readonly skip?: number;
}

export function sheetCommand(surroundings: Surroundings): Command {
  return withSourceOptions(gatewayCommand('sheet', 'labels on sheets for an office printer, as PDF'))
    .addOption(sheetOption())
    .option('--skip <number>', 'labels of the first sheet that are used up', parseSkip, 0)
    .requiredOption('--out <file>', 'the PDF')
    .addHelpText(
      'after',
      `${sheetsText()}\nPrint it at 100 %, without fitting it to the page.\n${examples(
        'labels sheet --batch autumn --out labels.pdf',
        'labels sheet --batch autumn --sheet avery-5160 --from 501 --to 1000 --out labels.pdf',
        'labels sheet --device d7-12 --skip 8 --out one.pdf',
        'labels sheet --csv autumn-labels.csv --out labels.pdf',
      )}`,
    )
    .action(async (options: PdfOptions) => {
      await writePdf(surroundings, options, await labelSource(surroundings, options), labelPrint);
    });
}

export function rollCommand(surroundings: Surroundings): Command {
  return withSourceOptions(gatewayCommand('roll', 'labels for a roll, one a page, as PDF'))
    .addOption(sizeOption())
    .requiredOption('--out <file>', 'the PDF')
    .addHelpText('after', examples('labels roll --batch autumn --size 50x30 --out labels.pdf'))
    .action(async (options: PdfOptions) => {
      await writePdf(surroundings, options, await labelSource(surroundings, options), labelPrint);
    });
}

export function pinsCommand(surroundings: Surroundings): Command {
  return withSourceOptions(
    gatewayCommand('pins', 'the PINs that go inside the boxes, as PDF for you alone to read'),
    { device: false },
  )
    .addOption(sheetOption())
    .addOption(sizeOption().makeOptionMandatory(false).conflicts('sheet'))
    .option('--skip <number>', 'labels of the first sheet that are used up', parseSkip, 0)
    .requiredOption('--out <file>', 'the PDF')
    .addHelpText(
      'after',
      `${sheetsText()}\nWhoever reads a PIN can bind its device: print, put into the box, delete the file.\n${examples(
        'labels pins --batch autumn --out pins.pdf',
        'labels pins --batch autumn --size 40x20 --out pins.pdf',
      )}`,
    )
    .action(async (options: PdfOptions) => {
      const source = await pinSource(surroundings, options);
      await writePdf(surroundings, options, source, pinPrint, forOwner);
    });
}

async function writePdf<T>(
  surroundings: Surroundings,
  options: PdfOptions,
  source: Source<T>,
  printOf: (label: T) => Print,
  mode: typeof forAll | typeof forOwner = forAll,
): Promise<void> {
  const { terminal } = surroundings;
  const { out, skip = 0 } = options;
  const sheet = options.size ?? usualSheetOf(options.sheet);
  const { show } = await connect(surroundings, options);
  const font = await readFile(createRequire(import.meta.url).resolve(notoSans));
  const bar = new ProgressBar(terminal, 'Drawing labels', source.count ?? 1);
  let count = 0;
  async function* prints() {
    for await (const { label } of source.labels) {
      const print = printOf(label);
      if (count === 0) warnIfSmall(terminal, print, sheet);
      yield print;
      count += 1;
      if (source.count !== null) bar.to(count);
    }
  }
  try {
    await intoWholeFile(out, mode, async file => {
      const pieces = labelsPdf(prints(), { sheet, font, title: 'Airbind', skip });
      for await (const block of inBlocks(pieces)) await file.write(block);
    });
  } finally {
    bar.end();
  }
  show({ labels: count, sheet: sheet.name, file: out }, () => `${count} labels were drawn into ${out}.\n`);
}

/** Pages of a roll come in many small pieces, and each write is a wait. */
async function* inBlocks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < blockBytes) continue;
    yield Buffer.concat(waiting);
    [waiting, bytes] = [[], 0];
  }
  yield Buffer.concat(waiting);
}

function parseSkip(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It takes a whole number.');
}
