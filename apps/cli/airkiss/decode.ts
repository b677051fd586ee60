// `airkiss decode`: what a device would have heard, from a capture or a stream of frames.
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { parseLine } from '#codecs/airkiss';
import { CaptureReader, isCapture } from '#codecs/capture';
import { Failure } from '../failure.js';
import { examples, type Surroundings } from '../gateway-command.js';
import type { Terminal } from '../terminal.js';
import { keyOption } from './credential-options.js';
import { Hearing, type HearingOptions, type Result } from './hearing.js';
import { resultText } from './result-text.js';

interface DecodeOptions extends HearingOptions {
  readonly json?: boolean;
}

/** So many lines that are no frames are named. */
const MOST_COMPLAINTS = 3;

export function decodeCommand({ terminal }: Surroundings): Command {
  return new Command('decode')
    .description('the Wi-Fi that a capture tells: pcap, pcapng, or a frame a line')
    .argument('[file]', 'a capture or a stream of frames (else standard input, frames only)')
    .addOption(keyOption())
    .option('--explain', 'show what was heard: senders, bases, phases, rounds, and what is missing')
    .option('--json', 'print one line of JSON for each stream and nothing else')
    .addHelpText(
      'after',
      `
A stream of frames has one frame a line: <length> [seq] [from|to] [source] [bssid] [destination];
# begins a comment, ! is a change of channel, = ends one stream and begins the next.
${examples('airkiss decode capture.pcapng --explain', 'airkiss decode --json < capture.frames')}`,
    )
    .action((file: string | undefined, options: DecodeOptions) => decode(terminal, file, options));
}

async function decode(terminal: Terminal, file: string | undefined, options: DecodeOptions): Promise<void> {
  const bytes = file === undefined || file === '-' ? undefined : await readBytes(file);
  if (bytes && isCapture(bytes)) {
    decodeCapture(terminal, file ?? '', bytes, options);
    return;
  }
  decodeLines(terminal, bytes ? new TextDecoder().decode(bytes) : await terminal.readInput(), options);
}

function decodeCapture(terminal: Terminal, file: string, bytes: Uint8Array, options: DecodeOptions): void {
  const hearing = new Hearing(options);
  const reader = new CaptureReader();
  for (const captured of reader.push(bytes)) hearing.take(captured);
  tell(terminal, hearing, options);
  if (reader.fault)
    terminal.complain(
      `${file} is damaged: what stands before the damage was read. Capture again, or repair it with "editcap".\n`,
    );
  else if (reader.isCutOff)
    terminal.complain(
      `${file} ends in the middle of a packet: all before it was read. Let the capturing program end by itself.\n`,
    );
  if (hearing.isEmpty && reader.unknownLinkTypes.size > 0)
    throw new Failure('file-unreadable', {
      sentence: `${file} holds packets of link type ${[...reader.unknownLinkTypes].join(', ')}. Capture 802.11 in monitor mode (radiotap), or Ethernet.`,
    });
  if (hearing.isEmpty && (reader.fault || reader.isCutOff))
    throw new Failure('file-unreadable', { sentence: `There is nothing in ${file} that could be decoded.` });
}

function decodeLines(terminal: Terminal, text: string, options: DecodeOptions): void {
  let hearing = new Hearing(options);
  let streams = 0;
  let malformed = 0;
  const end = () => {
    tell(terminal, hearing, options);
    hearing = new Hearing(options);
    streams++;
  };
  for (const [index, line] of text.split('\n').entries()) {
    const read = parseLine(line);
    switch (read.kind) {
      case 'frame':
        hearing.hear(read.frame);
        break;
      case 'channel-change':
        hearing.take(read);
        break;
      case 'end':
        end();
        break;
      case 'malformed':
        if (++malformed <= MOST_COMPLAINTS)
          terminal.complain(`Line ${index + 1} is not a frame and is left out.\n`);
        break;
      case 'blank':
        break;
      default:
        read satisfies never;
    }
  }
  if (streams === 0 && hearing.isEmpty && malformed > 0)
    throw new Failure('file-unreadable', {
      sentence:
        'This is neither a capture (pcap, pcapng) nor a stream of frames. See: airbind airkiss decode --help',
    });
  if (streams === 0 || !hearing.isEmpty) end();
}

function tell(terminal: Terminal, hearing: Hearing, { json, explain }: DecodeOptions): void {
  const result: Result = hearing.result();
  if (explain) (json ? terminal.complain : terminal.write)(hearing.explanation());
  terminal.write(json ? `${JSON.stringify(result)}\n` : resultText(result));
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Failure('file-unreadable', {
      sentence: `${file} cannot be read (${code}). Check its name and its rights.`,
    });
  }
}
