// A session that was just opened, as the answer to whoever signed in: a cookie for browsers, a token for programs.
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { AccountView, SessionView } from '#codecs/api';
import { type Account, Sessions } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { Households } from '#domain/homes';
import type { Caller } from './callers.js';
import { flag } from './inputs.js';
import { localOperator } from './local-operator.js';
import { SessionCookie } from './session-cookie.js';

/** `?token=true` asks for the token in the answer instead of a cookie. */
export const asToken = z.object({ token: flag });
export type AsToken = z.output<typeof asToken>;

/** The last instant that a Date can hold: the local operator's token ends with the process. */
const neverMs = 8.64e15;

@Injectable()
export class OpenedSessions {
  constructor(
    private readonly sessions: Sessions,
    private readonly households: Households,
    private readonly cookie: SessionCookie,
    private readonly clock: Clock,
  ) {}

  async open(account: Account, { token: wantsToken }: AsToken, reply: FastifyReply): Promise<SessionView> {
    const { token, session } = await this.sessions.open(account);
    if (!wantsToken) this.cookie.give(reply, token, session.expiresAt - this.clock.now());
    return {
      account: await this.accountView(account),
      expiresAt: session.expiresAt,
      token: wantsToken ? token : undefined,
    };
  }

  async show({ account, sessionHash }: Caller): Promise<SessionView> {
    const expiresAt = sessionHash === null ? neverMs : await this.sessions.endsAt(sessionHash);
    return { account: await this.accountView(account), expiresAt: expiresAt ?? this.clock.now() };
  }

  private async accountView(account: Account): Promise<AccountView> {
    const { id, email, name, locale, role } = account;
    const [home] = account === localOperator ? [] : await this.households.list(account);
    return { id, email, name, locale, role, homeId: home?.id ?? 'none' };
  }
}
