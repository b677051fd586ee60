// Every failure as a problem document (RFC 9457): what was expected says what it is, anything else only where it is logged.
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, errorTitles, type Problem } from '#codecs/api';
import { newId } from '#domain/accounts';
import { DomainError } from '#domain/errors';
import { problemStatuses } from './problem-statuses.js';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    // A stream that broke after its beginning has no status to give any more.
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    sendProblem(reply, this.failureOf(error, request));
  }

  private failureOf(error: unknown, request: FastifyRequest): DomainError {
    if (error instanceof DomainError) {
      if (error.cause !== undefined) this.tell(error.code, newId(), error.cause, request);
      return error;
    }
    const refused = refusalOf(error);
    if (refused) return refused;
    const id = newId();
    this.tell('internal', id, error, request);
    return new DomainError('internal', { detail: `${errorTitles.internal} Its mark there is ${id}.` });
  }

  private tell(code: ErrorCode, id: string, err: unknown, { routeOptions, method }: FastifyRequest): void {
    this.logger.error({ event: 'failure', code, id, method, route: routeOptions?.url, err });
  }
}

export function sendProblem(reply: FastifyReply, { code, message, details }: DomainError): void {
  const status = problemStatuses[code];
  const { faults, retryAfterS } = details;
  const problem: Problem = {
    type: `urn:airbind:problem:${code}`,
    title: errorTitles[code],
    status,
    code,
    detail: message,
    faults: faults && [...faults],
    retryAfterS,
  };
  if (retryAfterS !== undefined) reply.header('retry-after', String(retryAfterS));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  reply.status(status).type('application/problem+json').send(JSON.stringify(problem));
}

/** What NestJS or Fastify refused by itself: no such route, too long, not JSON. Null for a fault of our own. */
function refusalOf(error: unknown): DomainError | null {
  const status = statusOf(error);
  if (status === 404 || status === 403) return new DomainError('not-found');
  return status >= 400 && status < 500
    ? new DomainError('invalid-request', {
        detail: 'Send JSON with its content type, and not too much of it.',
      })
    : null;
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const isFastifyError = error instanceof Error && 'statusCode' in error && 'code' in error;
  return isFastifyError ? Number(error.statusCode) : 500;
}
