// `alarms replay`: what a changed rule would have found in what a device has said.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parse as parseYaml } from 'yaml';
import { type Answer, type Rule, ruleSchema } from '#codecs/api';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { table, timeText } from '../table.js';

interface ReplayOptions extends GatewayOptions {
  readonly rule: string;
}

type Trial = Answer<'tryRule'>;
type Episode = Trial['same'][number];

export function replayCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'replay',
    'try a changed rule on what a device has said; nothing is changed (operators)',
  )
    .argument('<device>', 'id of the device')
    .requiredOption(
      '--rule <file>',
      'JSON or YAML of one rule, with the id of the rule that it would replace',
    )
    .addHelpText('after', examples('alarms replay d1-1 --rule co.yaml'))
    .action(async (deviceId: string, options: ReplayOptions) => {
      const rule = await readRule(options.rule);
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('tryRule', { params: { deviceId }, body: { rule } }), trialText);
    });
}

async function readRule(file: string): Promise<Rule> {
  const text = await readFile(file, 'utf8').catch(error => {
    throw new Failure('file-unreadable', { sentence: `${file} cannot be read: ${String(error)}` });
  });
  const read = ruleSchema.safeParse(parsed(text, file));
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  throw new Failure('invalid-request', { faults });
}

/** YAML 1.2 contains JSON. */
function parsed(text: string, file: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    throw new Failure('invalid-request', { sentence: `${file} is neither JSON nor YAML: ${String(error)}` });
  }
}

function trialText({ messages, from, same, changed, lost, gained }: Trial): string {
  const since = from === null ? '' : ` since ${timeText(from)}`;
  const rows = [
    ...lost.map(episode => ['only as it is', ...told(episode)]),
    ...gained.map(episode => ['only as changed', ...told(episode)]),
    ...changed.flatMap(({ before, after }) => [
      ['as it is', ...told(before)],
      ['as changed', ...told(after)],
    ]),
  ];
  const summary = `${messages} messages${since}: ${same.length} found by both alike.\n`;
  return rows.length === 0
    ? summary
    : `${summary}${table(['RULE', 'SINCE', 'UNTIL', 'SEVERITY', 'LEVEL'], rows)}`;
}

function told({ since, until, severity, value }: Episode): string[] {
  return [timeText(since), until === null ? 'it lasts' : timeText(until), severity, `${value ?? ''}`];
}
