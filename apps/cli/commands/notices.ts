// `notices`: what could not be delivered, and sending it once more.
import type { Command } from 'commander';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { table, timeText } from '../table.js';

export function noticesCommand(surroundings: Surroundings): Command {
  return group('notices', 'messages to people that could not be delivered', [
    deadCommand(surroundings),
    replayCommand(surroundings),
  ]);
}

function deadCommand(surroundings: Surroundings): Command {
  return gatewayCommand('dead', 'the newest that were refused or given up, and why')
    .addHelpText('after', examples('notices dead'))
    .action(async (options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('deadNotices'), dead =>
        dead.length === 0
          ? 'Everything was delivered, or is on its way.\n'
          : table(
              ['MESSAGE', 'CLASS', 'CHANNEL', 'ATTEMPTS', 'ENDED', 'WHY'],
              dead.map(({ id, class: of, channel, attempts, at, detail }) => [
                id,
                of,
                channel,
                String(attempts),
                at === null ? '' : timeText(at),
                detail ?? '',
              ]),
            ),
      );
    });
}

function replayCommand(surroundings: Surroundings): Command {
  return gatewayCommand('replay', 'send them once more, under the same ids; all of them when none is named')
    .argument('[messages...]', 'ids of messages')
    .addHelpText('after', examples('notices replay', 'notices replay a1b2.c3d4.raised.0.e5f6'))
    .action(async (ids: string[], options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const body = { ids: ids.length === 0 ? null : ids };
      show(
        await gateway.call('replayNotices', { body }),
        ({ replayed }) => `${replayed} sent once more. Those whose endpoint is gone stay where they are.\n`,
      );
    });
}
