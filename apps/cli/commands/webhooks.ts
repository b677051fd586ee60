// `webhooks`: addresses of your own that are called for each notice.
import type { Command } from 'commander';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, table, timeText } from '../table.js';

export function webhooksCommand(surroundings: Surroundings): Command {
  return group('webhooks', 'addresses of yours that are called for each notice', [
    listCommand(surroundings),
    addCommand(surroundings),
    removeCommand(surroundings),
  ]);
}

function listCommand(surroundings: Surroundings): Command {
  return gatewayCommand('list', 'your webhooks and how the last call went')
    .addHelpText('after', examples('webhooks list'))
    .action(async (options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('webhooks'), webhooks =>
        webhooks.length === 0
          ? 'You have no webhooks.\n'
          : table(
              ['WEBHOOK', 'ADDRESS', 'MADE', 'LAST CALL'],
              webhooks.map(({ id, url, createdAt, lastReceipt }) => [
                id,
                url,
                timeText(createdAt),
                lastReceipt === null ? 'none yet' : `${timeText(lastReceipt.at)} ${lastReceipt.outcome}`,
              ]),
            ),
      );
    });
}

function addCommand(surroundings: Surroundings): Command {
  return gatewayCommand('add', 'have an address called; the key of the signature is shown this once')
    .argument('<url>', 'http or https')
    .addHelpText('after', examples('webhooks add https://example.com/airbind'))
    .action(async (url: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('makeWebhook', { body: { url } }), webhook =>
        facts([
          ['Webhook', webhook.id],
          ['Address', webhook.url],
          ['Secret', webhook.secret],
        ]),
      );
    });
}

function removeCommand(surroundings: Surroundings): Command {
  return gatewayCommand('remove', 'have an address called no longer')
    .argument('<webhook>', 'id of the webhook')
    .addHelpText('after', examples('webhooks remove 8WX2'))
    .action(async (webhookId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(
        await gateway.call('dropWebhook', { params: { webhookId } }),
        () => `${webhookId} is called no longer.\n`,
      );
    });
}
