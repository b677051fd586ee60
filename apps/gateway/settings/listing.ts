// The list of the settings for people: as the help of the command, and as the page of the documentation.
import { variables } from './variables.js';

const rows = Object.values(variables);

const helpWidth = 100;

/** For a terminal. */
export function helpText(): string {
  const indent = Math.max(...rows.map(({ name }) => name.length)) + 4;
  const lines = rows.flatMap(({ name, usual, meaning }) => {
    const text = usual ? `${meaning} (${usual})` : meaning;
    const [first = '', ...rest] = wrapped(text, helpWidth - indent);
    return [`  ${name}`.padEnd(indent) + first, ...rest.map(line => ' '.repeat(indent) + line)];
  });
  return [
    'Starts the Airbind gateway. Usage: npm start [-- --help]',
    '',
    'Settings are environment variables, all of them optional (defaults in brackets):',
    '',
    ...lines,
    '',
  ].join('\n');
}

/** For docs/settings.md. */
export function settingsPage(): string {
  return [
    '# Settings',
    '',
    'The gateway reads its settings from environment variables. All are optional, and `npm start -- --help` prints the same list.',
    'Wrong ones are all named at once, and the gateway ends with exit status 78.',
    '',
    ...tableLines([
      ['variable', 'default', 'meaning'],
      ...rows.map(({ name, usual, meaning }) => [`\`${name}\``, usual ? `\`${usual}\`` : '–', meaning]),
    ]),
    '',
  ].join('\n');
}

/** A table of Markdown whose columns stand under each other; the first row is its head. */
function tableLines([head = [], ...body]: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...body].map(row => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [head, widths.map(width => '-'.repeat(width)), ...body].map(line);
}

function wrapped(text: string, width: number): string[] {
  const lines = text.match(new RegExp(`.{1,${width}}(?:\\s|$)`, 'g')) ?? [];
  return lines.map(line => line.trimEnd());
}
