// `labels svg` and `labels png`: single labels as pictures, for a layout of one's own.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type Label, labelPng, labelSvg } from '#codecs/label';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import { ProgressBar } from '../progress-bar.js';
import { forAll, intoWholeFile, unwritable } from '../whole-file.js';
import { labelSource, type SourceOptions, withSourceOptions } from './sources.js';

interface PictureOptions extends SourceOptions {
  readonly out: string;
  readonly dots: number;
}

interface PictureKind {
  readonly name: 'svg' | 'png';
  readonly what: string;
  draw(label: Label, modulePx: number): string | Promise<Uint8Array>;
}

const kinds: readonly PictureKind[] = [
  {
    name: 'svg',
    what: 'the whole label as SVG: symbol, product, serial number and spoken code',
    draw: (label, modulePx) => labelSvg(label, { modulePx }),
  },
  {
    name: 'png',
    what: 'the symbol alone as PNG',
    draw: (label, modulePx) => labelPng(label, { modulePx }),
  },
];

export function pictureCommands(surroundings: Surroundings): Command[] {
  return kinds.map(kind => pictureCommand(surroundings, kind));
}

function pictureCommand(surroundings: Surroundings, { name, what, draw }: PictureKind): Command {
  return withSourceOptions(gatewayCommand(name, what))
    .option('--dots <pixels>', 'width of one dot of the symbol', parseDots, 8)
    .requiredOption('--out <file>', 'the picture; for a batch or a list a folder, with a file a device')
    .addHelpText(
      'after',
      examples(
        `labels ${name} --device d7-12 --out label.${name}`,
        `labels ${name} --batch autumn --out labels`,
      ),
    )
    .action(async ({ out, dots, ...options }: PictureOptions) => {
      const { show } = await connect(surroundings, options);
      const { count: total, labels } = await labelSource(surroundings, options);
      const isOne = options.device !== undefined;
      if (!isOne) await mkdir(out, { recursive: true }).catch(error => unwritable(out, error));
      const bar = new ProgressBar(surroundings.terminal, 'Drawing labels', total ?? 1);
      let count = 0;
      for await (const { id, label } of labels) {
        const picture = await draw(label, dots);
        const file = isOne ? out : join(out, `${id.replace(/[^\w-]/g, '_')}.${name}`);
        await intoWholeFile(file, forAll, handle => handle.writeFile(picture));
        count += 1;
        if (total !== null && !isOne) bar.to(count);
      }
      bar.end();
      const told = isOne ? `The label of ${options.device} was` : `${count} labels were`;
      show({ labels: count, file: out }, () => `${told} written to ${out}.\n`);
    });
}

function parseDots(text: string): number {
  const dots = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (dots >= 1 && dots <= 100) return dots;
  throw new InvalidArgumentError('It takes a whole number from 1 to 100.');
}
