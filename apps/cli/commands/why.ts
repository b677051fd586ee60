// `alarms why`: one alarm from the packet to the receipt, and what kept a message back.
import { Argument, type Command } from 'commander';
import type { WhyNot, WhyView } from '#codecs/api';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, table, timeText } from '../table.js';

interface WhyOptions extends GatewayOptions {
  readonly account?: string;
}

const reasonTexts: Record<WhyNot, string> = {
  'explained-by-another': 'another alarm explains it, so it is told to nobody',
  shelved: 'a person wants no repeats for a while',
  'waits-for-its-hour': 'it waits for the end of quiet hours, or for the digest',
  'not-its-turn': 'the channel has its turn when nobody acknowledges, or one before it fails',
  'channel-failed': 'the channel did not take it',
  'channel-unproven': 'nothing was seen to arrive on the channel for 30 days',
  'channel-unconfirmed': 'the channel was never confirmed',
  'only-this-page': 'there is no channel but the pages',
  'nobody-told': 'the person had no right to be told then, or there was nothing to tell',
  'came-late': 'it was measured earlier than it was heard',
  'gateway-was-away': 'the gateway itself was away',
};

export function whyCommand(surroundings: Surroundings): Command {
  return gatewayCommand('why', 'why you did, or did not, get it: from the packet to the receipt')
    .addArgument(new Argument('<alarm>', 'id of the alarm'))
    .option('--account <id>', 'ask for somebody else (operators)')
    .addHelpText('after', examples('alarms why 01K9ZQ', 'alarms why 01K9ZQ --json'))
    .action(async (alarmId: string, { account, ...options }: WhyOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const query = account === undefined ? {} : { query: { account } };
      show(await gateway.call('why', { params: { alarmId }, ...query }), whyText);
    });
}

function whyText({ alarm, person, packet, rule, notices, receipts, reasons }: WhyView): string {
  const parts = [
    facts([
      ['Alarm', `${alarm.title.en} at ${alarm.deviceName}, ${alarm.state}`],
      ['For', person.name],
      ['Occurred', timeText(alarm.occurredAt)],
      ['Raised', timeText(alarm.raisedAt)],
      ['Packet', packet === null ? 'none: time raised it, or it is too long ago' : packetText(packet)],
      ['Rule', rule === null ? 'the product has dropped it' : JSON.stringify(rule)],
    ]),
    rowsOf(
      ['WHEN', 'WHAT', 'BY'],
      alarm.timeline.map(({ at, what, by }) => [timeText(at), what, by ?? '']),
    ),
    rowsOf(
      ['TOLD', 'ABOUT'],
      notices.map(({ at, title }) => [timeText(at), title.en]),
    ),
    rowsOf(
      ['WHEN', 'CHANNEL', 'ABOUT', 'STATE', 'DETAIL'],
      receipts.flatMap(({ channel, step, at, state, detail, tries }) => [
        ...tries.map(each => [
          timeText(each.at),
          channel,
          step,
          each.outcome,
          `${each.detail} (${each.tookMs} ms)`,
        ]),
        [timeText(at), channel, step, state, detail ?? ''],
      ]),
    ),
    rowsOf(
      ['WHY NOT', 'FROM', 'UNTIL', 'DETAIL'],
      reasons.map(({ why, at, until, detail }) => [
        reasonTexts[why],
        at === null ? '' : timeText(at),
        until === null ? '' : timeText(until),
        detail ?? '',
      ]),
    ),
  ];
  return parts.filter(part => part !== '').join('\n');
}

function packetText({ kind, receivedAt, at, clock, seq, body }: NonNullable<WhyView['packet']>): string {
  const number = seq === null ? '' : ` number ${seq}`;
  return `${kind}${number}, received ${timeText(receivedAt)}, measured ${timeText(at)} by the clock of the ${clock}: ${JSON.stringify(body)}`;
}

function rowsOf(headings: readonly string[], rows: readonly string[][]): string {
  return rows.length === 0 ? '' : table(headings, rows);
}
