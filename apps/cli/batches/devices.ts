// `batches devices`: the devices of a batch with their codes, without any secret, as a list for printers and stock-keeping.
import type { Command } from 'commander';
import { devicesOfBatch } from '../devices-of-batch.js';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import { PatientGateway } from '../patient-gateway.js';
import { ProgressBar } from '../progress-bar.js';
import type { GatewayOptions } from '../settings.js';
import { forAll, intoWholeFile } from '../whole-file.js';
import { labelRows } from './credential-rows.js';

interface DevicesOptions extends GatewayOptions {
  readonly out?: string;
}

const bufferedChars = 65_536;

export function devicesCommand(surroundings: Surroundings): Command {
  const { terminal } = surroundings;
  return gatewayCommand('devices', 'list the devices of a batch as CSV: no secret is in it')
    .argument('<batch>', 'its name or number')
    .option('--out <file>', 'write to a file instead of the terminal')
    .addHelpText(
      'after',
      `\nLabels can be printed from it: airbind labels sheet --csv FILE --out labels.pdf\n${examples(
        'batches devices autumn --out autumn-labels.csv',
      )}`,
    )
    .action(async (name: string, options: DevicesOptions) => {
      const { show } = await connect(surroundings, options);
      const gateway = new PatientGateway(surroundings, options);
      const batch = await gateway.call('batch', { params: { batch: name } });
      const product = await gateway.call('product', { params: { productId: batch.product } });
      const { heading, line } = labelRows(product);
      const devices = devicesOfBatch(gateway, 'batchDevices', batch.id, { from: 1, to: batch.made });
      const { out } = options;
      if (out === undefined) {
        if (!options.json) terminal.write(heading);
        const all = [];
        for await (const device of devices) {
          if (options.json) all.push(device);
          else terminal.write(line(device));
        }
        if (options.json) show(all, String);
        return;
      }
      const bar = new ProgressBar(terminal, 'Listing devices', batch.made);
      await intoWholeFile(out, forAll, async file => {
        let text = heading;
        for await (const device of devices) {
          text += line(device);
          if (text.length < bufferedChars) continue;
          await file.write(text);
          text = '';
          bar.to(device.number);
        }
        await file.write(text);
      });
      bar.end();
      show({ batch, file: out }, () => `${batch.made} devices of ${name} were written to ${out}.\n`);
    });
}
