// Who is calling: a bearer token or a session's cookie becomes an account.
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Via } from '#codecs/api';
import { type Account, Sessions } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { CrossSite } from './cross-site.js';
import { LocalOperator } from './local-operator.js';
import { SessionCookie } from './session-cookie.js';

export interface Caller {
  readonly account: Account;
  /** Null for the local operator, who has no session. */
  readonly sessionHash: string | null;
  readonly via: Via;
}

@Injectable()
export class Callers {
  constructor(
    private readonly sessions: Sessions,
    private readonly localOperator: LocalOperator,
    private readonly cookie: SessionCookie,
    private readonly crossSite: CrossSite,
    private readonly clock: Clock,
  ) {}

  /** Null for nobody, and for a token that is not (or no longer) good. @throws DomainError `cross-site`. */
  async identify(request: FastifyRequest, reply: FastifyReply): Promise<Caller | null> {
    const bearer = /^Bearer ([\w-]{20,100})$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return this.byToken(bearer);
    const token = this.cookie.read(request);
    this.crossSite.refuse(request, token !== undefined);
    return token === undefined ? null : this.byCookie(token, reply);
  }

  private async byToken(token: string): Promise<Caller | null> {
    const account = this.localOperator.byToken(token);
    if (account) return { account, sessionHash: null, via: 'machine' };
    const found = await this.sessions.find(token);
    return found && { account: found.account, sessionHash: found.session.tokenHash, via: 'program' };
  }

  private async byCookie(token: string, reply: FastifyReply): Promise<Caller | null> {
    const found = await this.sessions.find(token);
    if (!found) return null;
    if (found.isExtended) this.cookie.give(reply, token, found.session.expiresAt - this.clock.now());
    return { account: found.account, sessionHash: found.session.tokenHash, via: 'page' };
  }
}
