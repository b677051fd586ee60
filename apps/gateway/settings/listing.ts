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
    afterTheTable,
  ].join('\n');
}

const afterTheTable = `## What lies in the data folder

- \`airbind.db\` and \`snapshots/\`: the database (unless \`DATABASE_URL\` says otherwise) and the cameras' last pictures.
- \`keys.json\`: the key ring, made at the first start. Every printed code comes from it and dies with it: keep a copy in a safe place. The gateway never replaces one that it cannot read.
- \`authority.pem\` and \`server.pem\`: the private authority's key with its certificate, and the gateway's own, when \`airbind ca create\` made them ([identity](identity.md)). Every device's certificate dies with the first: keep a copy beside that of the key ring.
- \`vapid.json\`: the keys by which push services know this gateway, made at the first start. Every browser's subscription is tied to them: without them each has to be added again.
- \`cli-token\`: lets whoever can read it act as an operator, for \`airbind\` on the same machine. Made afresh at each start and removed at the stop. Behind it stands no account: it makes devices and links from the first minute, and can own none.
- \`public-url\`: the URL in the codes that were made here. Another \`PUBLIC_URL\` is warned about at each start.

## Exit status

0 stopped in order · 64 wrong arguments · 66 the key ring cannot be read · 69 a port is in use · 70 a fault of the gateway · 74 the disk failed to keep what was written ([storage](storage.md#when-the-disk-fails)) · 75 the database does not answer · 78 wrong settings
`;

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
