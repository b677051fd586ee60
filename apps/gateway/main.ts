// `npm start`: reads the settings, starts the gateway, says where it is, and stops it in order on a signal.
import { Logger } from '@nestjs/common';
import { destination } from 'pino';
import { announcement } from './announcement.js';
import { settingsOfProcess } from './environment.js';
import { endingOf, exitStatuses } from './exit-status.js';
import { type Gateway, startGateway } from './gateway.js';
import { makeLogger } from './log/logger.js';
import { NestLogger } from './log/nest-logger.js';
import { helpText } from './settings/index.js';

// Whatever the gateway writes is its own user's alone.
process.umask(0o077);

// Not synchronous: a terminal that somebody stopped must not hold up an alarm.
const log = destination({ dest: 2, sync: false });

const args = process.argv.slice(2);
if (args.length === 0) await run();
else if (args.includes('--help') || args.includes('-h')) process.stdout.write(helpText());
else leave('The gateway takes no arguments. See: npm start -- --help', exitStatuses.usage);

async function run(): Promise<void> {
  try {
    const settings = settingsOfProcess();
    const logger = makeLogger(settings.logLevel, log);
    Logger.overrideLogger(new NestLogger(logger));
    dieOf('uncaughtException');
    dieOf('unhandledRejection');
    const gateway = await startGateway(settings);
    stopOnSignals(gateway);
    renewOnHangup(gateway);
    gateway.durabilityLost.then(endAtOnce);
    process.stdout.write(announcement(gateway, settings));
  } catch (error) {
    const { sentence, status } = endingOf(error);
    leave(sentence, status);
  }
}

/** What nobody expected leaves the process in no known state: whoever watches over it starts it again. */
function dieOf(event: 'uncaughtException' | 'unhandledRejection'): void {
  process.on(event, err => {
    new Logger('gateway').fatal({ event, err });
    leave('The gateway ends because of a fault of its own; the log says more.', exitStatuses.internal);
  });
}

/**
 * Not in order: nothing more can be stored, so nothing more may be answered. What was acknowledged was on the disk
 * before, and the next start reads what is there.
 */
function endAtOnce({ cause: err }: Error): void {
  new Logger('gateway').fatal({ event: 'durability-lost', err });
  leave(
    'The disk did not keep what was written to it: the gateway takes nothing more and ends. Look at the disk before the next start.',
    exitStatuses['durability-lost'],
  );
}

/** The first signal stops in order; the second one at once. */
function stopOnSignals(gateway: Gateway): void {
  const numbers = { SIGTERM: 15, SIGINT: 2 } as const;
  let isStopping = false;
  for (const [signal, number] of Object.entries(numbers)) {
    process.on(signal, () => {
      if (isStopping) leave('Stopped at once.', 128 + number);
      isStopping = true;
      gateway.close().then(
        () => leave(null, exitStatuses.done),
        error => leave(endingOf(error).sentence, exitStatuses.internal),
      );
    });
  }
}

/** For whoever renews certificates. In a terminal it means that the terminal was closed, and ends the gateway as ever. */
function renewOnHangup(gateway: Gateway): void {
  if (process.stdin.isTTY || process.stdout.isTTY) return;
  process.on('SIGHUP', () => void gateway.renewCertificates());
}

function leave(sentence: string | null, status: number): void {
  try {
    log.flushSync();
  } catch {
    // Nobody reads the log any more.
  }
  if (sentence !== null) process.stderr.write(`${sentence}\n`);
  process.exit(status);
}
