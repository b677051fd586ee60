// `devices why`: why there is no alarm at all: what each rule makes of the last readings, and who would be told.
import { Argument, type Command } from 'commander';
import type { DeviceWhyView, RuleStanding } from '#codecs/api';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, table, timeText } from '../table.js';

const standingTexts: Record<RuleStanding, string> = {
  raised: 'its alarm is open',
  latched: 'calm, its alarm waits for a person',
  pending: 'on the way to an alarm',
  disarmed: 'the home is not armed',
  unseen: 'the device never said it',
  blind: 'the last word is too old to count',
  calm: 'calm',
};

export function deviceWhyCommand(surroundings: Surroundings): Command {
  return gatewayCommand('why', 'why there is no alarm: what each rule finds, and who would be told')
    .addArgument(new Argument('<device>', 'id of the device'))
    .addHelpText('after', examples('devices why d1-1', 'devices why d1-1 --json'))
    .action(async (deviceId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('deviceWhy', { params: { deviceId } }), whyText);
    });
}

function whyText({
  name,
  at,
  lastHeardAt,
  intervalS,
  repeats,
  blindAt,
  away,
  rules,
  people,
  ...of
}: DeviceWhyView) {
  const isBlind = blindAt !== null && at > blindAt;
  return [
    facts([
      ['Device', name],
      ['Last heard', lastHeardAt === null ? 'never' : timeText(lastHeardAt)],
      ['Speaks', `every ${intervalS} s`],
      ['Blind', isBlind ? `since ${timeText(blindAt)}` : 'no'],
      ...(repeats === null
        ? []
        : [
            [
              'Repeats itself',
              `since ${timeText(repeats.since)}, nothing new in ${repeats.messages} messages`,
            ] as const,
          ]),
      ...away.map(({ from, until }) => ['Gateway away', `${timeText(from)} – ${timeText(until)}`] as const),
    ]),
    table(['RULE', 'FINDS', 'VALUE', 'DOSE', 'DUE', 'ALARM', 'FIGURES'], rules.map(ruleRow)),
    table(['WOULD BE TOLD', `CHANNELS, CLASS ${of.class}`, 'LESS URGENT FROM'], people.map(personRow)),
  ].join('\n');
}

function ruleRow({ rule, stands, value, dose, dueAt, alarm }: DeviceWhyView['rules'][number]): string[] {
  const { id, kind: _, ...figures } = rule;
  const explained = alarm?.suppressedBy ? `, explained by ${alarm.suppressedBy}` : '';
  const shelved = alarm?.shelvedUntil ? `, shelved until ${timeText(alarm.shelvedUntil)}` : '';
  return [
    id,
    standingTexts[stands],
    value === null ? '' : String(value),
    dose === null ? '' : `${Math.floor(dose * 100)} %`,
    dueAt === null ? '' : timeText(dueAt),
    alarm === null ? '' : `${alarm.id}${explained}${shelved}`,
    JSON.stringify(figures),
  ];
}

function personRow({ name, isContact, channels, waitsUntil }: DeviceWhyView['people'][number]): string[] {
  const ways = channels?.map(({ channel, state, turn }) => `${turn ?? 'not'}: ${channel} (${state})`);
  return [
    isContact ? `${name}, when nobody answers` : name,
    ways === undefined ? 'not for you to see' : ways.join(', ') || 'the pages alone',
    waitsUntil === null ? '' : timeText(waitsUntil),
  ];
}
