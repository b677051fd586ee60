// `alarms`: what is wrong, who was told, and a person's answer to it.
import { Argument, type Command } from 'commander';
import type { AlarmView, Answer } from '#codecs/api';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, table, timeText } from '../table.js';
import { replayCommand } from './replay.js';
import { whyCommand } from './why.js';

interface ListOptions extends GatewayOptions {
  readonly open?: boolean;
}

const alarmArgument = new Argument('<alarm>', 'id of the alarm');

export function alarmsCommand(surroundings: Surroundings): Command {
  return group('alarms', 'raised alarms: see, acknowledge and reset them', [
    listCommand(surroundings),
    showCommand(surroundings),
    answerCommand(
      surroundings,
      'acknowledge',
      'say that you know: the repeats stop, the alarm stays',
      'is acknowledged',
    ),
    answerCommand(surroundings, 'reset', 'end an alarm whose cause is gone', 'is over'),
    shelveCommand(surroundings),
    commentCommand(surroundings),
    whyCommand(surroundings),
    replayCommand(surroundings),
  ]);
}

function listCommand(surroundings: Surroundings): Command {
  return gatewayCommand('list', 'alarms, the newest first')
    .option('--open', 'leave out those that are over')
    .addHelpText('after', examples('alarms list --open', 'alarms list --json'))
    .action(async (options: ListOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const alarms = await gateway.call('alarms');
      const wanted = options.open ? alarms.filter(alarm => alarm.state !== 'cleared') : alarms;
      show(wanted, shown => (shown.length === 0 ? 'There are no alarms.\n' : listText(shown)));
    });
}

function listText(alarms: readonly AlarmView[]): string {
  return table(
    ['ALARM', 'STATE', 'SEVERITY', 'WHAT', 'DEVICE', 'RAISED', 'ACKNOWLEDGED BY'],
    alarms.map(alarm => [
      alarm.id,
      alarm.state,
      alarm.severity,
      alarm.title.en,
      alarm.deviceName,
      timeText(alarm.raisedAt),
      alarm.acknowledgedBy ?? '',
    ]),
  );
}

function showCommand(surroundings: Surroundings): Command {
  return gatewayCommand('show', 'one alarm: what to do, what happened, and who was told how')
    .addArgument(alarmArgument)
    .addHelpText('after', examples('alarms show 01K9ZQ'))
    .action(async (alarmId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const params = { alarmId };
      const [alarm, receipts] = await Promise.all([
        gateway.call('alarm', { params }),
        gateway.call('receipts', { params }),
      ]);
      show({ ...alarm, receipts }, alarmText);
    });
}

function answerCommand(
  surroundings: Surroundings,
  call: 'acknowledge' | 'reset',
  description: string,
  outcome: string,
): Command {
  return gatewayCommand(call, description)
    .addArgument(alarmArgument)
    .addHelpText('after', examples(`alarms ${call} 01K9ZQ`))
    .action(async (alarmId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(
        await gateway.call(call, { params: { alarmId } }),
        alarm => `${facts([[alarm.title.en, outcome]])}`,
      );
    });
}

interface ShelfOptions extends GatewayOptions {
  readonly minutes: string;
  readonly why?: string;
}

function shelveCommand(surroundings: Surroundings): Command {
  return gatewayCommand('shelve', 'no repeats for some minutes: at most 10 where life is in danger')
    .addArgument(alarmArgument)
    .requiredOption('--minutes <number>', 'how long')
    .option('--why <text>', 'for those who read it later')
    .addHelpText('after', examples('alarms shelve 01K9ZQ --minutes 10 --why "we are airing the kitchen"'))
    .action(async (alarmId: string, options: ShelfOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const body = { minutes: Number(options.minutes), ...(options.why && { why: options.why }) };
      show(
        await gateway.call('shelve', { params: { alarmId }, body }),
        alarm => `${facts([[alarm.title.en, `is not repeated for ${options.minutes} minutes`]])}`,
      );
    });
}

function commentCommand(surroundings: Surroundings): Command {
  return gatewayCommand('comment', 'write a remark into the story of an alarm')
    .addArgument(alarmArgument)
    .argument('<text>', 'the remark')
    .addHelpText('after', examples('alarms comment 01K9ZQ "the plumber comes at five"'))
    .action(async (alarmId: string, text: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(
        await gateway.call('comment', { params: { alarmId }, body: { text } }),
        alarm => `${facts([[alarm.title.en, 'has your remark']])}`,
      );
    });
}

function alarmText(alarm: AlarmView & { receipts: Answer<'receipts'> }): string {
  return [
    facts([
      ['Alarm', alarm.id],
      ['What', alarm.title.en],
      ['Do now', alarm.advice.en],
      ['State', alarm.state],
      ['Severity', `${alarm.severity}, class ${alarm.class}`],
      ['Device', `${alarm.deviceName} (${alarm.deviceId})`],
      ['Level', alarm.value === null ? null : `${alarm.value} ${alarm.unit ?? ''}`],
      ['Ended', alarm.endReason],
    ]),
    alarm.timeline.length === 0
      ? ''
      : `\n${table(
          ['WHEN', 'WHAT', 'BY'],
          alarm.timeline.map(({ at, what, by }) => [timeText(at), what, by ?? '']),
        )}`,
    alarm.receipts.length === 0
      ? ''
      : `\n${table(
          ['TOLD', 'CHANNEL', 'ABOUT', 'STATE', 'ATTEMPTS', 'DETAIL'],
          alarm.receipts.map(receipt => [
            timeText(receipt.at),
            receipt.channel,
            receipt.step,
            receipt.state,
            String(receipt.attempts),
            receipt.detail ?? '',
          ]),
        )}`,
  ].join('');
}
