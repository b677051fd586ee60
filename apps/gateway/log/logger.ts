// The gateway's log: one JSON line an event, on stderr, without anything that opens a door.
import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Settings } from '../settings/index.js';

/** A last net: whoever logs an object with one of these has made a mistake already. */
const secrets = ['password', 'token', 'secret', 'nonce', 'pin', 'ticket', 'cookie', 'authorization'];

export function makeLogger(level: Settings['logLevel'], stream: DestinationStream = stderr()): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      redact: { paths: secrets.flatMap(name => [name, `*.${name}`]), censor: '(hidden)' },
    },
    stream,
  );
}

/** Not synchronous: a terminal that somebody stopped must not hold up an alarm. */
function stderr(): DestinationStream {
  return destination({ dest: 2, sync: false });
}
