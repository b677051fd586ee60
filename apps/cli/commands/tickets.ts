// `tickets`: what a printed code says, whether it is typed rightly, and the code of a device.
import { Argument, type Command } from 'commander';
import type { TicketView } from '#codecs/api';
import { symbolTerminal } from '#codecs/label';
import { spokenTicket, type TypedTicketFault, ticketFromText } from '#codecs/ticket';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, timeText } from '../table.js';
import { bindCommand } from './belonging.js';

interface ShowOptions extends GatewayOptions {
  readonly device?: string;
}

interface CheckOptions extends GatewayOptions {
  readonly offline?: boolean;
}

const written = new Argument('<ticket>', 'the code under a symbol, a bare ticket, or the whole URL');

/** What to tell a person whose code is not right. */
const slips: Readonly<Record<TypedTicketFault, string>> = {
  alphabet:
    'There is a character in it that no code has; codes have digits and letters without I, L, O and U.',
  length: 'It is too short or too long: a code has 28 characters and a check character.',
  'check-digit': 'One of its characters is wrong, or two are swapped.',
};

/** What a scan of the code opens for the person who asks. */
const openings: Readonly<Record<TicketView['view'], string>> = {
  product: 'the page of its product; sign in to see more',
  unbound: 'a device without an owner, ready to be bound',
  owner: 'your device',
  member: 'a device that its owner lets you see',
  stranger: 'a device that has an owner',
};

export function ticketsCommand(surroundings: Surroundings): Command {
  return group('tickets', 'the permanent codes on devices', [
    showCommand(surroundings),
    checkCommand(surroundings),
    bindCommand(surroundings),
  ]);
}

function showCommand(surroundings: Surroundings): Command {
  return gatewayCommand('show', 'what a scan of a ticket opens, or the ticket of a device with its symbol')
    .addArgument(new Argument('[ticket]', written.description))
    .option('--device <id>', 'show the ticket of this device (operators)')
    .addHelpText(
      'after',
      examples('tickets show 05RV-1P5Q-8448-M5GX-NM9W-2MVA-S3YQ-J', 'tickets show --device 7Q2M4KX9'),
    )
    .action(async (text: string | undefined, options: ShowOptions) => {
      if ((text === undefined) === (options.device === undefined)) {
        throw new Failure('usage', { sentence: 'Give a ticket or --device ID, one of the two.' });
      }
      await (options.device === undefined
        ? showScan(surroundings, ticketIn(text ?? ''), options)
        : showDevice(surroundings, options.device, options));
    });
}

async function showScan(surroundings: Surroundings, ticket: string, options: GatewayOptions): Promise<void> {
  const { gateway, show } = await connect(surroundings, options);
  show(await gateway.call('ticket', { params: { ticket } }), view => scanText(ticket, view));
}

async function showDevice(
  surroundings: Surroundings,
  deviceId: string,
  options: GatewayOptions,
): Promise<void> {
  const { gateway, show } = await connect(surroundings, options);
  show(
    await gateway.call('deviceTicket', { params: { deviceId } }),
    ({ ticket, url, spoken }) =>
      `${symbolTerminal(url)}${facts([
        ['URL', url],
        ['Ticket', ticket],
        ['Spoken', spoken],
      ])}`,
  );
}

function checkCommand(surroundings: Surroundings): Command {
  const { terminal } = surroundings;
  return gatewayCommand('check', 'whether a code is typed rightly and is one of this gateway')
    .addArgument(written)
    .option('--offline', 'look at the typing alone and ask no gateway')
    .addHelpText(
      'after',
      examples(
        'tickets check "05rv 1p5q 8448 m5gx nm9w 2mva s3yq j"',
        'tickets check --offline 05RV1P5Q8448M5GXNM9W2MVAS3YQ',
      ),
    )
    .action(async (text: string, options: CheckOptions) => {
      const ticket = ticketIn(text);
      const typed = { ticket, spoken: spokenTicket(ticket) };
      if (options.offline) {
        const sentence = `${typed.spoken} is typed rightly. Only its gateway knows whether it is real.\n`;
        terminal.write(options.json ? `${JSON.stringify({ ...typed, ours: null }, null, 2)}\n` : sentence);
        return;
      }
      const { gateway, show } = await connect(surroundings, options);
      const { product } = await gateway.call('ticket', { params: { ticket } });
      show(
        { ...typed, ours: true, product: product.id },
        () => `${typed.spoken} is a code of this gateway (${product.name.en}).\n`,
      );
    });
}

function ticketIn(text: string): string {
  const typed = ticketFromText(text);
  if (typed.ok) return typed.ticket;
  throw new Failure('not-our-code', { sentence: `This is not a ticket. ${slips[typed.why]}` });
}

function scanText(ticket: string, view: TicketView): string {
  const { product } = view;
  return facts([
    ['Ticket', spokenTicket(ticket)],
    ['Product', product.name.en],
    ['名称', product.name.zh],
    ['Opens', openings[view.view]],
    ['Device', view.view === 'owner' ? view.deviceId : null],
    ['Proof', view.view === 'unbound' ? product.bindingPolicy : null],
    [
      'Window',
      view.view === 'unbound' && view.windowUntil !== null
        ? `open until ${timeText(view.windowUntil)}`
        : null,
    ],
  ]);
}
