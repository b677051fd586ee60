// `airkiss listen`: hears real air through the system's own capture program and decodes as it comes.
import { Command } from 'commander';
import { SnifferFault, sniff } from '#adapters/air';
import { CaptureReader } from '#codecs/capture';
import { Failure } from '../failure.js';
import { examples, type Surroundings } from '../gateway-command.js';
import type { Terminal } from '../terminal.js';
import { keyOption } from './credential-options.js';
import { Hearing, type HearingOptions, type Result } from './hearing.js';
import { resultText } from './result-text.js';

interface ListenOptions extends HearingOptions {
  readonly interface: string;
  readonly program?: string;
  readonly once?: boolean;
  readonly json?: boolean;
}

export function listenCommand({ terminal }: Surroundings): Command {
  return new Command('listen')
    .description(
      'decode live what an interface hears; Wi-Fi has to be in monitor mode, on the channel of the sender',
    )
    .requiredOption('--interface <name>', 'the interface that listens, such as wlan0mon')
    .option('--program <path>', 'what captures: tcpdump or dumpcap (else the first that is there)')
    .addOption(keyOption())
    .option('--once', 'end after the first result')
    .option('--explain', 'show at the end, and for each result, what was heard')
    .option('--json', 'print one line of JSON for each result and nothing else')
    .addHelpText(
      'after',
      `\nEnds with Ctrl-C.\n${examples('airkiss listen --interface wlan0mon', 'airkiss listen --interface eth0 --once --json')}`,
    )
    .action((options: ListenOptions) => listen(terminal, options));
}

async function listen(terminal: Terminal, options: ListenOptions): Promise<void> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once('SIGINT', stop);
  try {
    const pieces = sniff({
      interface: options.interface,
      signal: interrupt.signal,
      program: options.program,
    });
    await decodeLive(terminal, pieces, options, stop);
  } catch (error) {
    throw error instanceof SnifferFault ? failureFrom(error, options) : error;
  } finally {
    process.off('SIGINT', stop);
  }
}

async function decodeLive(
  terminal: Terminal,
  pieces: AsyncIterable<Uint8Array>,
  options: ListenOptions,
  stop: () => void,
): Promise<void> {
  const hearing = new Hearing(options);
  const reader = new CaptureReader();
  // A sender goes on after it was understood; the same is told once.
  const told = new Set<string>();
  terminal.complain(`Listening on ${options.interface}; end with Ctrl-C.\n`);
  for await (const piece of pieces) {
    for (const captured of reader.push(piece)) {
      hearing.take(captured);
      if (!hearing.isComplete) continue;
      const result = hearing.result();
      const fresh = !told.has(identityOf(result));
      told.add(identityOf(result));
      if (fresh) tell(terminal, hearing, result, options);
      if (fresh && options.once) {
        stop();
        return;
      }
      hearing.next();
    }
  }
  if (options.explain) terminal.complain(hearing.explanation());
}

const identityOf = ({ source, ssidHex, passwordHex, random }: Result): string =>
  [source, ssidHex, passwordHex, random].join(' ');

function tell(terminal: Terminal, hearing: Hearing, result: Result, { json, explain }: ListenOptions): void {
  if (explain) terminal.complain(hearing.explanation());
  terminal.write(json ? `${JSON.stringify(result)}\n` : resultText(result));
}

function failureFrom({ kind, said }: SnifferFault, { interface: name }: ListenOptions): Failure {
  switch (kind) {
    case 'no-program':
      return new Failure('capture-missing', {
        sentence: `Neither of these is installed: ${said}. Install tcpdump, or capture elsewhere and use "airbind airkiss decode FILE".`,
      });
    case 'refused':
      return new Failure('capture-refused', {
        sentence: `The system does not let you capture on ${name} (${said}). Run it with sudo, or allow tcpdump to capture: setcap cap_net_raw,cap_net_admin+ep on it.`,
      });
    case 'no-interface':
      return new Failure('usage', {
        sentence: `There is no interface "${name}" to listen on (${said}). See which there are: ip link. Monitor mode: iw dev wlan0 interface add wlan0mon type monitor.`,
      });
    case 'failed':
      return new Failure('capture-missing', {
        sentence: `The capture on ${name} ended: ${said || 'it said nothing'}.`,
      });
    default:
      return kind satisfies never;
  }
}
