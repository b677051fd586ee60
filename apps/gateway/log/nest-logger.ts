// What NestJS and the classes that log through it say, as lines of the gateway's log.
import type { LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';

/** `logger.log({ event, … })` becomes a line with these fields; a text becomes its message. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    // NestJS tells of every route and module at this level.
    this.write(isOwnTale(rest) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const [details] = rest.slice(0, -1);
    this.logger[level]({
      ...fieldsOf(message),
      ...(context === undefined ? {} : { context }),
      ...detailsOf(details),
    });
  }
}

const nestContexts = /^(Nest|Router|Routes|Instance|Injector|WebSocket)/;

function isOwnTale(rest: readonly unknown[]): boolean {
  return nestContexts.test(String(rest.at(-1)));
}

function fieldsOf(message: unknown): object {
  if (message instanceof Error) return { err: message };
  return typeof message === 'object' && message !== null ? message : { msg: String(message) };
}

function detailsOf(details: unknown): object {
  if (details === undefined) return {};
  return typeof details === 'string' ? { stack: details } : { details };
}
