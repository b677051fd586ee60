// What happens to every request whatever it asks for: safe headers on the answer, and one line in the log.
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { plainAddress } from '#domain/accounts';

/** Tickets and tokens stand in paths: no referrer may carry them away. */
const securityHeaders = {
  'content-security-policy': [
    "default-src 'self'",
    "img-src 'self' data: blob:",
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export function addSecurityHeaders(http: FastifyInstance): void {
  http.addHook('onRequest', async (_, reply) => {
    reply.headers(securityHeaders);
  });
}

/** The route and never the path: what stands in its place may be a token. The address of who was refused alone. */
export function logRequests(http: FastifyInstance): void {
  const logger = new Logger('http');
  http.addHook('onResponse', async (request, reply) => {
    logger.log({
      event: 'request',
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      account: request.caller?.account.id ?? null,
      ...(tellsWhereFrom(request, reply.statusCode) && { from: plainAddress(request.ip) }),
    });
  });
}

/** Whoever guesses is to be found, and to be shut out by programs that read the log. */
const refusals: ReadonlySet<number> = new Set([401, 403, 429]);

/** Where people are when all goes well is nobody's business: their id and an address would say it line by line. */
function tellsWhereFrom({ caller }: FastifyRequest, status: number): boolean {
  return refusals.has(status) || (!caller && status >= 400 && status < 500);
}
