// `npm run broker:bare`: the broker by itself, open to everybody on this machine, until a signal ends it.
import { parseArgs } from 'node:util';
import { Logger } from '@nestjs/common';
import { destination } from 'pino';
import { makeLogger, NestLogger } from '#apps/gateway';
import { DomainError } from '#domain/errors';
import { type BareBroker, bareHost, startBareBroker } from './bare-broker.js';

const usage = `usage: npm run -s broker:bare -- [--port N] [--store FOLDER]

  --port N         port on ${bareHost}; 1883 unless told, 0 for a free one
  --store FOLDER   where sessions and messages stay for the next start; a temporary one unless told
`;

const warning = `
  ┌──────────────────────────────────────────────────────────────────────┐
  │  THIS BROKER IS OPEN. Any client may connect with any name, publish  │
  │  and subscribe to anything. It is for tests on this machine, and its │
  │  store goes away with it, unless you gave it one.                    │
  └──────────────────────────────────────────────────────────────────────┘

`;

const statuses = { usage: 64, busy: 69, internal: 70 } as const;

class WrongUse extends Error {}

try {
  const { store, ...options } = optionsIn(process.argv.slice(2));
  const port = portFrom(options);
  Logger.overrideLogger(new NestLogger(makeLogger('warn', destination({ dest: 2, sync: true }))));
  process.stderr.write(warning);
  const broker = await startBareBroker(port, store);
  stopOnSignals(broker);
  process.stdout.write(`mqtt://${bareHost}:${broker.port}\n`);
} catch (error) {
  end(error);
}

function portFrom({ port, host }: { port: string; host: string }): number {
  if (host !== bareHost)
    throw new WrongUse(`It is open to everybody, so it listens on ${bareHost} and nowhere else.`);
  const number = Number(port);
  if (!/^\d{1,5}$/.test(port) || number > 65_535) throw new WrongUse(`--port takes 0 to 65535, not ${port}.`);
  return number;
}

function optionsIn(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '1883' },
        host: { type: 'string', default: bareHost },
        store: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

/** The first signal stops in order; the second one at once. */
function stopOnSignals(broker: BareBroker): void {
  for (const [signal, number] of Object.entries({ SIGTERM: 15, SIGINT: 2 })) {
    let isStopping = false;
    process.on(signal, () => {
      if (isStopping) process.exit(128 + number);
      isStopping = true;
      broker.close().then(() => process.exit(0), end);
    });
  }
}

function end(error: unknown): never {
  if (error instanceof WrongUse) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exit(statuses.usage);
  }
  const isBusy = error instanceof DomainError && error.code === 'port-busy';
  process.stderr.write(
    isBusy
      ? `The port is in use: choose another with --port, or --port 0 for a free one.\n`
      : `The broker could not go on: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(isBusy ? statuses.busy : statuses.internal);
}
