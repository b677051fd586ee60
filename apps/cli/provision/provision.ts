// `provision`: puts devices on the Wi-Fi from this machine, and says who joined.
import { Command, InvalidArgumentError, Option } from 'commander';
import { UdpAir, UdpLan } from '#adapters/air';
import { DISCOVERY_PORT, SCHEDULES, type ScheduleName } from '#codecs/airkiss';
import { SystemClock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import {
  faultIn,
  Provisioning,
  type ProvisioningRequest,
  type ProvisioningResult,
  REQUEST_DEFAULTS,
  warningsAbout,
} from '#domain/provisioning';
import { type CredentialOptions, passwordBytes, ssidOf, withCredentialOptions } from '../airkiss/index.js';
import { Failure } from '../failure.js';
import { examples, type Surroundings } from '../gateway-command.js';
import type { Terminal } from '../terminal.js';
import { deviceText, nonceText, Progress, pacingText } from './progress.js';
import { type TargetOptions, targetsOf } from './targets.js';
import { whatNext } from './what-next.js';

/** A device that knows LAN discovery answers at once; others are not waited for any longer. */
const INTRODUCTION_MS = 1_500;

interface ProvisionOptions extends CredentialOptions, TargetOptions {
  readonly port: readonly [number, ...number[]];
  readonly ackPort: number;
  readonly expect: number;
  readonly timeout: number;
  readonly discoveryPort: number;
  readonly discovery: boolean;
  readonly schedule: ScheduleName;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

export function provisionCommand({ terminal }: Surroundings): Command {
  const { ports, ackPort, deadlineMs } = REQUEST_DEFAULTS;
  return withCredentialOptions(new Command('provision'))
    .description('put devices on the Wi-Fi by AirKiss, from this machine')
    .option('--interface <name...>', 'send over these interfaces (else over every Wi-Fi that is connected)')
    .option('--to <address...>', 'send to these broadcast addresses instead')
    .option('--port <number...>', `send to these ports in turn (${ports.join(' and ')})`, collectPort, ports)
    .option('--ack-port <number>', 'port on which devices answer', parsePort, ackPort)
    .option('--expect <count>', 'end when so many devices have joined', parseCount, 1)
    .option('--timeout <seconds>', 'end after this time', parseSeconds, deadlineMs / 1000)
    .option('--discovery-port <number>', 'port on which devices say what they are', parsePort, DISCOVERY_PORT)
    .option('--no-discovery', 'do not ask them')
    .addOption(
      new Option('--schedule <name>', 'in which order and how long each part is sent')
        .choices(Object.keys(SCHEDULES))
        .default('adaptive'),
    )
    .option('--verbose', 'tell what was sent where, and with which gaps')
    .option('--json', 'print one line of JSON and nothing else')
    .addHelpText(
      'after',
      examples(
        'provision --ssid HomeNet-2G                       asks for the password',
        "provision --ssid Guest --password ''              an open network",
        'provision --ssid 我的家 --encoding gbk --expect 3',
        'provision --ssid HomeNet-2G --to 127.255.255.255  a simulated home on this machine',
      ),
    )
    .action((options: ProvisionOptions) => provision(terminal, options));
}

async function provision(terminal: Terminal, options: ProvisionOptions): Promise<void> {
  const { targets, warnings } = await targetsOf(options);
  const request = await requestOf(terminal, options, targets);
  const told = [...warnings, ...warningsAbout(request)];
  for (const warning of told) terminal.complain(`Note: ${warning}\n`);
  if (options.verbose)
    terminal.complain(
      `Sending to ${targets.map(({ to }) => to).join(', ')}, ports ${options.port.join(', ')}.\n`,
    );
  const result = await untilInterrupted(signal => run(terminal, request, signal));
  if (options.verbose) terminal.complain(pacingText(result.pacing));
  terminal.write(options.json ? jsonLine(result, told) : text(result));
  if (result.ended === 'all-joined') return;
  throw new Failure('no-answer', { sentence: endOf(result, options) });
}

async function run(
  terminal: Terminal,
  request: ProvisioningRequest,
  signal: AbortSignal,
): Promise<ProvisioningResult> {
  const progress = new Progress(terminal);
  try {
    return await new Provisioning(new UdpAir(), new SystemClock(), new UdpLan()).run(request, {
      onEvent: progress.show,
      signal,
    });
  } finally {
    progress.end();
  }
}

async function requestOf(
  terminal: Terminal,
  options: ProvisionOptions,
  targets: ProvisioningRequest['targets'],
): Promise<ProvisioningRequest> {
  const ssid = ssidOf(options);
  const request: ProvisioningRequest = {
    ssid,
    password: new Uint8Array(),
    encrypt: options.key?.encrypt,
    random: options.random,
    schedule: SCHEDULES[options.schedule],
    targets,
    ports: options.port,
    ackPort: options.ackPort,
    expected: options.expect,
    deadlineMs: options.timeout * 1000,
    introduction: options.discovery ? { port: options.discoveryPort, forMs: INTRODUCTION_MS } : undefined,
  };
  refuse(request);
  const whole = { ...request, password: passwordBytes(await passwordOf(terminal, options)) };
  refuse(whole);
  return whole;
}

/** A name that cannot be sent is said before anybody types a password for it. */
function refuse(request: ProvisioningRequest): void {
  const fault = faultIn(request);
  if (fault) throw new DomainError(fault.code, { detail: fault.sentence });
}

async function passwordOf(terminal: Terminal, { password }: ProvisionOptions): Promise<string> {
  if (password !== undefined) return password;
  if (terminal.canAsk) return terminal.ask('Password of the Wi-Fi: ', { secret: true });
  throw new Failure('usage', {
    sentence: "Nobody is there to be asked: give --password PASSWORD, or --password '' for an open network.",
  });
}

/** Ctrl-C ends the sending in good order, so that what was heard is told. */
async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once('SIGINT', stop);
  try {
    return await work(interrupt.signal);
  } finally {
    process.off('SIGINT', stop);
  }
}

function jsonLine(
  { ended, joined, random, tookMs, pacing }: ProvisioningResult,
  warnings: readonly string[],
): string {
  return `${JSON.stringify({ ended, joined, random, tookMs, pacing, warnings })}\n`;
}

function text({ joined, tookMs }: ProvisioningResult): string {
  if (joined.length === 0) return '';
  const lines = joined.map(device => `  ${deviceText(device)}${nonceText(device)}\n`).join('');
  return `${joined.length === 1 ? '1 device' : `${joined.length} devices`} joined in ${(tookMs / 1000).toFixed(1)} s:\n${lines}`;
}

function endOf({ ended, joined }: ProvisioningResult, { timeout, expect, key }: ProvisionOptions): string {
  if (ended === 'stopped') return 'Stopped before everybody had joined.';
  if (joined.length === 0) return whatNext(timeout, key !== undefined);
  return `Only ${joined.length} of ${expect} devices answered within ${timeout} s. Is each of the others waiting for a Wi-Fi? Run it again; those that have joined are not disturbed.`;
}

function collectPort(text: string, before: readonly number[]): readonly number[] {
  const port = parsePort(text);
  return before === REQUEST_DEFAULTS.ports ? [port] : [...before, port];
}

function parsePort(text: string): number {
  return wholeNumber(text, 1, 65_535);
}

function parseCount(text: string): number {
  return wholeNumber(text, 1, 1_000);
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3_600)) throw new InvalidArgumentError('It takes seconds, at most 3600.');
  return seconds;
}

function wholeNumber(text: string, from: number, to: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < from || value > to)
    throw new InvalidArgumentError(`It takes a whole number from ${from} to ${to}.`);
  return value;
}
