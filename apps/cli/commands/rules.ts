// `devices rules`: the rules of one device, and figures of its own.
import { Argument, type Command, InvalidArgumentError } from 'commander';
import type { DeviceRulesView } from '#codecs/api';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, table, timeText } from '../table.js';

type Figure = number | string | null;

interface RulesOptions extends GatewayOptions {
  readonly set: Readonly<Record<string, Figure>>;
}

export function rulesCommand(surroundings: Surroundings): Command {
  return gatewayCommand('rules', "a device's rules; with --set, figures of its own within safe bounds")
    .addArgument(new Argument('<device>', 'id of the device'))
    .addArgument(new Argument('[rule]', 'id of the rule whose figures change'))
    .option(
      '--set <name=value>',
      "a figure of the rule; name= gives the product's back; may be repeated",
      figureOf,
      {},
    )
    .addHelpText(
      'after',
      examples(
        'devices rules d1-1',
        'devices rules d1-1 gas --set raiseAtLel=8',
        'devices rules d1-1 gas --set raiseAtLel=',
      ),
    )
    .action(async (deviceId: string, ruleId: string | undefined, { set, ...options }: RulesOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const isChange = ruleId !== undefined && Object.keys(set).length > 0;
      const answer = isChange
        ? await gateway.call('changeDeviceRule', {
            params: { deviceId, ruleId },
            body: { figures: { ...set } },
          })
        : await gateway.call('deviceRules', { params: { deviceId } });
      show(answer, rulesText);
    });
}

function figureOf(text: string, before: Readonly<Record<string, Figure>>): Record<string, Figure> {
  const [name = '', ...rest] = text.split('=');
  if (name === '' || rest.length === 0) throw new InvalidArgumentError('takes name=value');
  const value = rest.join('=');
  const number = Number(value);
  return { ...before, [name]: value === '' ? null : Number.isNaN(number) ? value : number };
}

function rulesText({ rules, changedAt, changedBy, changed: of }: DeviceRulesView): string {
  const rows = rules.flatMap(({ rule, own }) =>
    Object.entries(rule)
      .filter(([name]) => name !== 'id')
      .map(([name, value]) => [rule.id, name, JSON.stringify(value), name in own ? "the device's own" : '']),
  );
  const changed = changedAt === null ? '' : `${timeText(changedAt)} by ${changedBy}, for the ${of}`;
  return `${table(['RULE', 'FIGURE', 'VALUE', ''], rows)}${facts([['Changed', changed]])}`;
}
