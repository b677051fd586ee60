// The commands of `devices` and `tickets` that change whose a device is.
import { type Command, Option } from 'commander';
import type { Proof } from '#codecs/api';
import { ticketFromText } from '#codecs/ticket';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, timeText } from '../table.js';

const idHelp = 'id of the device';
const eraseHelp = 'erase for ever what it recorded while it was yours; see: airbind account past';

const parting = (erase = false) => (erase ? { history: 'erase' } : undefined);

interface ReasonOptions extends GatewayOptions {
  readonly reason: string;
}

interface ReleaseOptions extends GatewayOptions {
  readonly erase?: boolean;
  readonly reason?: string;
}

interface TransferOptions extends GatewayOptions {
  readonly withdraw?: boolean;
  readonly erase?: boolean;
}

interface BindOptions extends GatewayOptions {
  readonly pin?: string;
  readonly nonce?: string;
  readonly name?: string;
}

export function belongingCommands(surroundings: Surroundings): Command[] {
  return [
    releaseCommand(surroundings),
    transferCommand(surroundings),
    simple(surroundings, 'lock', 'report a device of yours stolen: nobody can reset, bind or take it over', {
      call: 'lockDevice',
      said: id => `${id} is locked. You have it back: airbind devices unlock ${id}\n`,
    }),
    simple(surroundings, 'unlock', 'say that you have a stolen device back', {
      call: 'unlockDevice',
      said: id => `${id} is unlocked.\n`,
    }),
    simple(surroundings, 'veto', 'object to somebody who holds a device of yours and asks to take it over', {
      call: 'vetoRecovery',
      said: id => `${id} stays yours.\n`,
    }),
    retireCommand(surroundings),
  ];
}

function simple(
  surroundings: Surroundings,
  name: string,
  description: string,
  { call, said }: { call: 'lockDevice' | 'unlockDevice' | 'vetoRecovery'; said: (id: string) => string },
): Command {
  return gatewayCommand(name, description)
    .argument('<device>', idHelp)
    .addHelpText('after', examples(`devices ${name} 7Q2M4KX9`))
    .action(async (deviceId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call(call, { params: { deviceId } }), () => said(deviceId));
    });
}

function releaseCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'release',
    'give a device up: you own it no longer, and anybody who holds it may bind it',
  )
    .argument('<device>', idHelp)
    .requiredOption('--yes', 'say that you mean it')
    .addOption(new Option('--erase', eraseHelp).conflicts('reason'))
    .option(
      '--reason <text>',
      "take it from its owner, who reads the reason (operators, for others' devices)",
    )
    .addHelpText(
      'after',
      examples(
        'devices release 7Q2M4KX9 --yes',
        'devices release 7Q2M4KX9 --yes --reason "returned to the shop"',
      ),
    )
    .action(async (deviceId: string, { reason, erase, ...options }: ReleaseOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const params = { deviceId };
      const erased = erase ? ' What it recorded is being erased: airbind account past' : '';
      if (reason === undefined)
        show(
          await gateway.call('release', { params, query: parting(erase) }),
          () => `${deviceId} is yours no longer.${erased}\n`,
        );
      else
        show(
          await gateway.call('forceRelease', { params, body: { reason } }),
          () => `${deviceId} has no owner any more, and who it was is told why.\n`,
        );
    });
}

function transferCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'transfer',
    'make a link by which somebody takes a device of yours over; shown this once',
  )
    .argument('<device>', idHelp)
    .option('--withdraw', 'end the offer instead')
    .option('--erase', eraseHelp)
    .addHelpText('after', examples('devices transfer 7Q2M4KX9', 'devices transfer 7Q2M4KX9 --withdraw'))
    .action(async (deviceId: string, { withdraw, erase, ...options }: TransferOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const params = { deviceId };
      if (withdraw)
        show(await gateway.call('withdrawTransfer', { params }), () => `${deviceId} is offered no longer.\n`);
      else
        show(await gateway.call('offerTransfer', { params, query: parting(erase) }), ({ url, expiresAt }) =>
          facts([
            ['Link', url],
            ['Until', timeText(expiresAt)],
            ['History', erase ? 'is erased when it is taken' : null],
          ]),
        );
    });
}

function retireCommand(surroundings: Surroundings): Command {
  return gatewayCommand('retire', 'take a device without an owner out of use for good (operators)')
    .argument('<device>', idHelp)
    .requiredOption('--reason <text>', 'why; it stays in the ledger')
    .requiredOption('--yes', 'say that you mean it')
    .addHelpText('after', examples('devices retire 7Q2M4KX9 --reason "water damage" --yes'))
    .action(async (deviceId: string, { reason, ...options }: ReasonOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(
        await gateway.call('retireDevice', { params: { deviceId }, body: { reason } }),
        () => `${deviceId} is retired: its code is none of this gateway any more.\n`,
      );
    });
}

/** `tickets bind`: with the button just pressed, the PIN from the box, or the nonce that `provision` has shown. */
export function bindCommand(surroundings: Surroundings): Command {
  return gatewayCommand('bind', 'bind the device of a ticket to you')
    .argument('<ticket>', 'the code on the device')
    .option('--pin <digits>', 'the PIN from the label inside the box')
    .option('--nonce <hex>', 'the nonce that airbind provision has handed to the device, within five minutes')
    .option('--name <name>', 'what the device is to be called')
    .addHelpText(
      'after',
      examples(
        'tickets bind 05RV1P5Q8448M5GXNM9W2MVAS3YQ --name Kitchen',
        'tickets bind 05RV1P5Q8448M5GXNM9W2MVAS3YQ --nonce 00112233445566778899aabbccddeeff',
      ),
    )
    .action(async (text: string, { pin, nonce: handed, name, ...options }: BindOptions) => {
      const typed = ticketFromText(text);
      if (!typed.ok) throw new Failure('not-our-code', { sentence: 'This is not a ticket.' });
      const params = { ticket: typed.ticket };
      const { gateway, show } = await connect(surroundings, options);
      const { product } = await gateway.call('ticket', { params });
      const proofs: Readonly<Record<Proof['by'], Proof>> = {
        button: { by: 'button' },
        pin: { by: 'pin', pin: pin ?? '' },
        provisioned: { by: 'provisioned', nonce: handed ?? '' },
        none: { by: 'none' },
      };
      const proof = proofs[product.bindingPolicy];
      const { nonce } = await gateway.call('claim', { params, body: { proof } });
      show(
        await gateway.call('confirm', { params, body: name === undefined ? { nonce } : { nonce, name } }),
        ({ deviceId }) => `${deviceId} is yours.\n`,
      );
    });
}
