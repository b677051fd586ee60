// `labels zpl`: labels in the language of thermal printers, to be sent to them as they are.
import { type Command, Option } from 'commander';
import { dotsPerMmChoices, labelPrint, labelZpl, needsFont, type Sheet } from '#codecs/label';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import { ProgressBar } from '../progress-bar.js';
import { forAll, intoWholeFile } from '../whole-file.js';
import { sizeOption, warnIfSmall } from './paper.js';
import { labelSource, type SourceOptions, withSourceOptions } from './sources.js';

/** Dots an inch, as printers are sold by; makers round them to whole dots a millimetre. */
const resolutions = { '203': 8, '300': 12, '600': 24 } as const satisfies Record<
  string,
  (typeof dotsPerMmChoices)[number]
>;

interface ZplOptions extends SourceOptions {
  readonly out: string;
  readonly size: Sheet;
  readonly dpi: keyof typeof resolutions;
  readonly font?: string;
}

const bufferedChars = 262_144;

export function zplCommand(surroundings: Surroundings): Command {
  return withSourceOptions(gatewayCommand('zpl', 'labels in ZPL II for a thermal printer'))
    .addOption(sizeOption())
    .addOption(
      new Option('--dpi <dots>', 'resolution of the printer')
        .choices(Object.keys(resolutions))
        .default('203'),
    )
    .option('--font <font>', 'a font in the printer that has Chinese characters, such as E:SIMSUN.TTF')
    .requiredOption('--out <file>', 'what is to be sent to the printer')
    .addHelpText(
      'after',
      `\nWithout --font a Chinese name is left out, for no printer's own font has it; --language en prints the other.\n${examples(
        'labels zpl --batch autumn --size 50x30 --out labels.zpl',
      )}`,
    )
    .action(async ({ out, size: sheet, dpi, font, ...options }: ZplOptions) => {
      const { terminal } = surroundings;
      const { show } = await connect(surroundings, options);
      const { count: total, labels } = await labelSource(surroundings, options);
      const bar = new ProgressBar(terminal, 'Drawing labels', total ?? 1);
      let count = 0;
      try {
        await intoWholeFile(out, forAll, async file => {
          let text = '';
          for await (const { label } of labels) {
            const print = labelPrint(label);
            if (count === 0) {
              warnIfSmall(terminal, print, sheet);
              if (font === undefined && needsFont(print)) {
                terminal.complain(
                  `"${label.productName}" is left out: name a font of the printer with --font.\n`,
                );
              }
            }
            text += drawn(() => labelZpl(print, { sheet, dotsPerMm: resolutions[dpi], font }));
            count += 1;
            if (text.length < bufferedChars) continue;
            await file.write(text);
            text = '';
            if (total !== null) bar.to(count);
          }
          await file.write(text);
        });
      } finally {
        bar.end();
      }
      show({ labels: count, file: out }, () => `${count} labels were written to ${out}.\n`);
    });
}

function drawn(draw: () => string): string {
  try {
    return draw();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure('usage', { sentence: `This cannot be printed: ${error.message}.` });
  }
}
