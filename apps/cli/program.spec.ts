// The help and the complaints: a stranger finds every command, option and example, and is told what was mistyped.
import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { programFor } from './program.js';
import { typed } from './typed.fixture.js';

const program = programFor({
  terminal: {
    write: () => {},
    complain: () => {},
    redraws: false,
    canAsk: false,
    ask: async () => '',
    readInput: async () => '',
  },
});

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function wordsOf(command: Command): string[] {
  return command.parent ? [...wordsOf(command.parent), command.name()] : [];
}

const commands = leaves(program).map(command => ({
  words: wordsOf(command),
  command,
  name: wordsOf(command).join(' '),
}));

describe('the help', () => {
  it('lists every noun of the issue', () => {
    expect(program.commands.map(command => command.name())).toEqual(
      expect.arrayContaining([
        'login',
        'logout',
        'products',
        'batches',
        'devices',
        'tickets',
        'labels',
        'alarms',
        'homes',
      ]),
    );
  });

  it.each(commands)(
    'of "$name" describes it, each argument and option, and gives an example',
    async ({ words, command }) => {
      const { status, out, err } = await typed([...words, '--help']);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(command.description()).not.toBe('');
      expect(command.options.filter(option => !option.description)).toEqual([]);
      expect(command.registeredArguments.filter(argument => !argument.description)).toEqual([]);
      expect(out).toMatch(new RegExp(`Examples?:\\n +\\$ .*airbind ${words.join(' ')}`));
    },
  );

  it.each(commands)('of "$name" offers --json', ({ command }) => {
    expect(command.options.map(option => option.long)).toContain('--json');
  });

  it('is printed to standard error with status 64 when no command is given', async () => {
    const { status, out, err } = await typed([]);
    expect({ status, out }).toEqual({ status: 64, out: '' });
    expect(err).toContain('Commands:');
  });

  it('has the version of the package', async () => {
    expect(await typed(['--version'])).toEqual({
      status: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      err: '',
    });
  });
});

describe('a mistyped command line', () => {
  it.each([
    [['devcies', 'list'], /unknown command 'devcies'[\s\S]*Did you mean devices/],
    [['devices', 'shwo'], /unknown command 'shwo'[\s\S]*See: airbind devices --help/],
    [['devices', 'list', '--jsno'], /unknown option '--jsno'[\s\S]*Did you mean --json/],
    [['devices', 'show'], /missing required argument 'device'/],
    [['devices', 'show', 'A', 'B'], /too many arguments/],
    [['devices', 'release', 'A'], /--yes/],
    [['devices', 'command', 'A', 'open', '--arg', 'x'], /KEY=VALUE/],
    [['batches', 'create', '--product', 'p', '--count', '0'], /whole number from 1 to 1000000/],
    [['batches', 'create', '--product', 'p', '--count', '1e2'], /whole number from 1 to 1000000/],
    [['batches', 'create', '--product', 'p'], /--count, or which with --csv/],
    [['batches', 'confirm', 'b'], /--yes/],
    [['batches', 'export', 'b'], /--out FILE/],
    [['labels', 'sheet', '--batch', 'A', '--out', 'x', '--sheet', 'b5'], /avery-l4731.*a4-3x8/],
    [['labels', 'roll', '--batch', 'A', '--out', 'x', '--size', '5x5'], /8 to 300/],
    [['labels', 'svg', '--device', 'A'], /--out/],
    [['labels', 'png', '--device', 'A', '--batch', 'B', '--out', 'x'], /one of --batch/],
    [['homes', 'change', 'A'], /what is to change/],
    [['tickets', 'show'], /ticket or --device/],
    [['tickets', 'show', 'X', '--device', 'A'], /ticket or --device/],
    [['devices', 'list', '--gateway', 'gas.example'], /http:\/\/HOST:PORT/],
    [['devices', 'list', '--gateway', 'https://gas.example/airbind'], /without a path/],
    [['login'], /nobody to ask here: give --email/],
    [['login', '--email', 'a@b.example'], /nobody to ask here: give --password-stdin/],
  ])('%j ends with 64, says what is wrong, and answers nothing', async (words, complaint) => {
    const { status, out, err } = await typed(words);
    expect({ status, out }).toEqual({ status: 64, out: '' });
    expect(err).toMatch(complaint);
  });
});

describe('wrong settings', () => {
  it('are all named at once, with status 78', async () => {
    const environment = { AIRBIND_URL: 'ftp://gas.example', AIRBIND_TOKEN: 'short' };
    const { status, out, err } = await typed(['devices', 'list'], { environment });
    expect({ status, out }).toEqual({ status: 78, out: '' });
    expect(err).toMatch(/AIRBIND_URL: .*AIRBIND_TOKEN: /);
    expect(err).not.toContain('short');
  });

  it('do not keep the help from being read', async () => {
    expect((await typed(['devices', '--help'], { environment: { AIRBIND_URL: 'x' } })).status).toBe(0);
  });
});
