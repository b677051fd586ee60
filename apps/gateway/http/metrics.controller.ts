// `/metrics` for Prometheus: open to operators, and to whoever has the token that is good for nothing else.
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { equalHashes, hashToken } from '#domain/accounts';
import { DomainError } from '#domain/errors';
import { Metrics } from '../metrics/metrics.js';
import { Public } from './call.js';

/** METRICS_TOKEN; null: operators only. */
export class MetricsAccess {
  private readonly tokenHash: string | null;

  constructor(token: string | null) {
    this.tokenHash = token === null ? null : hashToken(token);
  }

  admits({ headers, caller }: FastifyRequest): boolean {
    if (caller?.account.role === 'operator') return true;
    const token = /^Bearer (\S{1,200})$/i.exec(headers.authorization ?? '')?.[1];
    return this.tokenHash !== null && token !== undefined && equalHashes(hashToken(token), this.tokenHash);
  }
}

@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly access: MetricsAccess,
  ) {}

  /** The guard knows people only; a scraper is none, so the door asks for itself. */
  @Public()
  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.access.admits(request)) throw new DomainError(request.caller ? 'not-found' : 'not-signed-in');
    await reply.type(this.metrics.contentType).send(await this.metrics.text());
  }
}
