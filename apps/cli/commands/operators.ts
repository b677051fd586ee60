// `operators`: who looks after the gateway, the link by which one more comes in, and how one goes.
import type { Command } from 'commander';
import type { OperatorPerson, OperatorsView } from '#codecs/api';
import { Failure } from '../failure.js';
import type { GatewayClient } from '../gateway-client.js';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { table, timeText } from '../table.js';

interface InviteOptions extends GatewayOptions {
  readonly withdraw?: boolean;
}

export function operatorsCommand(surroundings: Surroundings): Command {
  const make = [listCommand, inviteCommand, removeCommand];
  return group(
    'operators',
    'who looks after the gateway (operators)',
    make.map(each => each(surroundings)),
  );
}

function listCommand(surroundings: Surroundings): Command {
  return gatewayCommand('list', 'every operator, the link that waits to be used, and what happened')
    .addHelpText('after', examples('operators list'))
    .action(async (options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('operators'), listText);
    });
}

function listText({ operators, link, acts }: OperatorsView): string {
  const people = table(
    ['MAIL ADDRESS', 'NAME', ''],
    operators.map(({ email, name, isYou }) => [email, name, isYou ? 'you' : '']),
  );
  const waiting = link
    ? `\nA link that ${personText(link.by)} made waits until ${timeText(link.expiresAt)}.\n`
    : '';
  if (acts.length === 0) return people + waiting;
  const happened = table(
    ['WHEN', 'WHAT', 'BY', 'WHOM', 'FROM'],
    acts.map(({ at, what, by, whom, from }) => [
      ...[timeText(at), what, personText(by), whom ? personText(whom) : ''],
      [from.via, from.address].filter(Boolean).join(' '),
    ]),
  );
  return `${people}${waiting}\n${happened}`;
}

function inviteCommand(surroundings: Surroundings): Command {
  return gatewayCommand('invite', 'make a link by which one person becomes an operator; shown this once')
    .option('--withdraw', 'end the link that waits instead')
    .addHelpText('after', examples('operators invite', 'operators invite --withdraw'))
    .action(async ({ withdraw, ...options }: InviteOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      if (withdraw)
        show(await gateway.call('withdrawOperatorLink'), () => 'No link makes anybody an operator now.\n');
      else
        show(
          await gateway.call('makeOperatorLink'),
          ({ url, expiresAt }) =>
            `${url}\nMakes one person an operator, once, until ${timeText(expiresAt)}. An earlier one works no more.\n`,
        );
    });
}

function removeCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'remove',
    'make an operator a resident again, yourself or somebody else; never the last',
  )
    .argument('<email>', 'mail address of the operator')
    .requiredOption('--yes', 'say that you mean it')
    .addHelpText('after', examples('operators remove li@example.com --yes'))
    .action(async (email: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const accountId = await operatorNamed(gateway, email);
      show(
        await gateway.call('removeOperator', { params: { accountId } }),
        () =>
          `${email} is no operator any more. What they know of secrets, they know: see airbind applications rotate.\n`,
      );
    });
}

async function operatorNamed(gateway: GatewayClient, email: string): Promise<string> {
  const { operators } = await gateway.call('operators');
  const found = operators.find(operator => operator.email === email.trim().toLowerCase());
  if (!found) throw new Failure('not-found', { sentence: 'No operator has this mail address.' });
  return found.id;
}

const unnamed = {
  machine: "somebody at the gateway's machine",
  gone: 'a person who is no longer here',
} as const;

function personText({ is, name }: OperatorPerson): string {
  switch (is) {
    case 'you':
      return 'you';
    case 'somebody':
      return name ?? unnamed.gone;
    case 'machine':
    case 'gone':
      return unnamed[is];
    default:
      return is satisfies never;
  }
}
