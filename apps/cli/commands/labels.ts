// `labels`: a device's printed label, as the gateway draws it.
import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { streams } from '#codecs/api';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';

const formats = { svg: 'image/svg+xml', png: 'image/png' } as const;

interface LabelOptions extends GatewayOptions {
  readonly device: string;
  readonly format: keyof typeof formats;
  readonly out: string;
}

export function labelsCommand(surroundings: Surroundings): Command {
  return gatewayCommand('labels', "write a device's label to a file (operators)")
    .requiredOption('--device <id>', 'the device')
    .addOption(
      new Option('--format <format>', 'svg: the whole label; png: the symbol alone')
        .choices(Object.keys(formats))
        .default('svg'),
    )
    .requiredOption('--out <file>', 'where to write it')
    .addHelpText(
      'after',
      examples(
        'labels --device 7Q2M4KX9 --out label.svg',
        'labels --device 7Q2M4KX9 --format png --out symbol.png',
      ),
    )
    .action(async ({ device: deviceId, format, out, ...options }: LabelOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const { type, bytes } = await gateway.download(streams.label, {
        params: { deviceId },
        query: { format },
      });
      if (!type.startsWith(formats[format])) throw new Failure('answer-not-understood');
      await write(out, bytes);
      show(
        { device: deviceId, format, file: out, bytes: bytes.length },
        () => `The label of ${deviceId} was written to ${out}.\n`,
      );
    });
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes);
  } catch (error) {
    throw new Failure('file-unwritable', { sentence: `${file} cannot be written: ${String(error)}` });
  }
}
