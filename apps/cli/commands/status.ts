// `status`: how the gateway itself is.
import type { Command } from 'commander';
import type { Answer } from '#codecs/api';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, table, timeText } from '../table.js';

export function statusCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'status',
    'how the gateway is: version, connections, counters, messages it could not take (operators)',
  )
    .addHelpText('after', examples('status', 'status --json'))
    .action(async (options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('status'), statusText);
    });
}

function statusText(status: Answer<'status'>): string {
  return [
    facts([
      ['Version', status.version],
      ['Started', timeText(status.startedAt)],
      ['Storage', status.storage],
      ['Connections', String(status.connections)],
      ['Store', status.now.isStoreDown ? 'down: messages wait for it' : 'takes what comes'],
      ['Unanswered messages', String(status.now.unanswered)],
      ['Waiting inputs', String(status.now.intakeWaiting)],
      ['Deliveries due', status.now.deliveriesDue === null ? 'unknown' : String(status.now.deliveriesDue)],
      ['Deliveries under way', String(status.now.deliveriesUnderWay)],
      ['Longest block', `${status.now.eventLoopBlockMs} ms of the event loop`],
      ...Object.entries(status.counters).map(([name, count]) => [name, String(count)] as const),
    ]),
    status.deadLetters.length === 0
      ? ''
      : `\n${table(
          ['NOT TAKEN', 'DEVICE', 'KIND', 'REASON', 'BYTES'],
          status.deadLetters.map(letter => [
            timeText(letter.at),
            letter.deviceId,
            letter.kind,
            letter.reason,
            String(letter.bytes),
          ]),
        )}`,
  ].join('');
}
