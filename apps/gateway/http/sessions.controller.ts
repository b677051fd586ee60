// Signing in and out.
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Accounts, Sessions } from '#domain/accounts';
import { DomainError } from '#domain/errors';
import { Call } from './call.js';
import type { Caller } from './callers.js';
import { From, Input, type InputOf, QueryOf } from './inputs.js';
import { type AsToken, asToken, OpenedSessions } from './opened-sessions.js';
import { SessionCookie } from './session-cookie.js';

@Controller()
export class SessionsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly opened: OpenedSessions,
    private readonly cookie: SessionCookie,
  ) {}

  @Call('signIn')
  async signIn(
    @Input() { email, password }: InputOf<'signIn'>,
    @From() from: string,
    @QueryOf(asToken) query: AsToken,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.opened.open(await this.accounts.signIn(email, password, from), query, reply);
  }

  @Call('signInByLink')
  async signInByLink(
    @Input() { token }: InputOf<'signInByLink'>,
    @QueryOf(asToken) query: AsToken,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.opened.open(await this.accounts.signInByLink(token), query, reply);
  }

  @Call('currentSession')
  show(@Req() { caller }: FastifyRequest) {
    return this.opened.show(present(caller));
  }

  @Call('signOut')
  async signOut(@Req() { caller }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { sessionHash } = present(caller);
    if (sessionHash !== null) await this.sessions.end(sessionHash);
    this.cookie.takeBack(reply);
    return { done: true } as const;
  }
}

function present(caller: Caller | null): Caller {
  if (!caller) throw new DomainError('not-signed-in');
  return caller;
}
