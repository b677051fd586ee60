// Refuses calls that another site makes a browser send: what changes something must come from our own pages.
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PublicUrl } from '#domain/devices';
import { DomainError } from '#domain/errors';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

@Injectable()
export class CrossSite {
  constructor(private readonly publicUrl: PublicUrl) {}

  /**
   * Browsers say where a call comes from; a program without cookies says nothing and has nothing to abuse.
   * @param hasCookie whether the call would act in somebody's name by a cookie
   * @throws DomainError `cross-site`.
   */
  refuse(request: FastifyRequest, hasCookie: boolean): void {
    if (harmless.has(request.method)) return;
    const { 'sec-fetch-site': site, origin } = request.headers;
    const isOurs =
      site !== undefined ? site === 'same-origin' : this.isOwnOrigin(origin, request.headers.host);
    const isSilent = site === undefined && origin === undefined;
    if (isOurs || (isSilent && !hasCookie)) return;
    throw new DomainError('cross-site');
  }

  private isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined || !URL.canParse(origin)) return false;
    const from = new URL(origin);
    return from.origin === new URL(this.publicUrl.href).origin || from.host === host;
  }
}
