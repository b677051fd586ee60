// `products`: the models of device that the maker declares.
import { readFile } from 'node:fs/promises';
import { Argument, type Command } from 'commander';
import { parse as parseYaml } from 'yaml';
import { type Body, type Product, productSchema } from '#codecs/api';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, table } from '../table.js';

export function productsCommand(surroundings: Surroundings): Command {
  return group('products', 'models of device: their readings, rules and scan page (operators)', [
    listCommand(surroundings),
    showCommand(surroundings),
    putCommand(surroundings),
    rmCommand(surroundings),
  ]);
}

function listCommand(surroundings: Surroundings): Command {
  return gatewayCommand('list', 'every product')
    .addHelpText('after', examples('products list', 'products list --json'))
    .action(async (options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('products'), products =>
        products.length === 0
          ? 'There are no products yet. Declare one: airbind products put FILE\n'
          : table(
              ['PRODUCT', 'NAME', '名称', 'CLASS', 'BINDING', 'POWER', 'INTERVAL'],
              products.map(p => [
                p.id,
                p.name.en,
                p.name.zh,
                p.safetyClass,
                p.bindingPolicy,
                p.power,
                `${p.intervalS} s`,
              ]),
            ),
      );
    });
}

function showCommand(surroundings: Surroundings): Command {
  return gatewayCommand('show', 'one product')
    .argument('<product>', 'id of the product')
    .addHelpText(
      'after',
      examples('products show gas-alarm', 'products show gas-alarm --json > gas-alarm.json'),
    )
    .action(async (productId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('product', { params: { productId } }), productText);
    });
}

function putCommand(surroundings: Surroundings): Command {
  const { terminal } = surroundings;
  return gatewayCommand('put', 'declare a product, or change what was declared')
    .addArgument(
      new Argument('<file>', 'JSON or YAML, as "products show --json" prints it; - for standard input'),
    )
    .addHelpText(
      'after',
      examples('products put gas-alarm.yaml', 'products show gas-alarm --json | airbind products put -'),
    )
    .action(async (file: string, options: GatewayOptions) => {
      const text = file === '-' ? await terminal.readInput() : await readText(file);
      const body = parseProduct(text, file);
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('putProduct', { params: { productId: body.id }, body }), productText);
    });
}

function rmCommand(surroundings: Surroundings): Command {
  return gatewayCommand('rm', 'remove a product of which nothing was made')
    .argument('<product>', 'id of the product')
    .requiredOption('--yes', 'say that you mean it')
    .addHelpText('after', examples('products rm gas-alarm --yes'))
    .action(async (productId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(
        await gateway.call('dropProduct', { params: { productId } }),
        () => `${productId} is no product of this gateway any more.\n`,
      );
    });
}

function productText(product: Product): string {
  return [
    facts([
      ['Product', product.id],
      ['Name', product.name.en],
      ['名称', product.name.zh],
      ['Class', product.safetyClass],
      ['Binding', product.bindingPolicy],
      ['Power', product.power],
      ['Interval', `${product.intervalS} s`],
      ['Region', product.region],
      ['Bits', product.bits.map(bit => bit.name).join(', ')],
      ['Commands', product.commands.map(command => command.name).join(', ')],
      ['Rules', product.rules.map(rule => `${rule.id} (${rule.kind})`).join(', ')],
      ['About', product.page.about.en],
      ['Link', product.page.link],
    ]),
    product.readings.length === 0
      ? ''
      : `\n${table(
          ['READING', 'NAME', 'UNIT', 'RANGE'],
          product.readings.map(reading => [
            reading.name,
            reading.label.en,
            reading.unit,
            `${reading.min} to ${reading.max}`,
          ]),
        )}`,
  ].join('');
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Failure('file-unreadable', { sentence: `${file} cannot be read: ${String(error)}` });
  }
}

/** Checked here too, so that a slip is named before anything is sent. */
function parseProduct(text: string, file: string): Body<'putProduct'> {
  const parsed = productSchema.safeParse(parseText(text, file));
  if (parsed.success) return parsed.data;
  throw new Failure('invalid-request', {
    sentence: `${file} does not declare a product.`,
    faults: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })),
  });
}

/** YAML 1.2 contains JSON. */
function parseText(text: string, file: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    throw new Failure('invalid-request', { sentence: `${file} is neither JSON nor YAML: ${String(error)}` });
  }
}
