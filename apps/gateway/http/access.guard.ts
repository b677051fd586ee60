// The guard on every door: it lets nobody in unless the door says who may come.
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Access } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { DomainError } from '#domain/errors';
import { Door } from './call.js';
import { Callers } from './callers.js';
import { requestOf } from './inputs.js';
import { callsOfAPerson, localOperator } from './local-operator.js';

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly callers: Callers) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const door = Door.of(context.getHandler());
    if (!door) throw new DomainError('not-found');
    const request = requestOf(context);
    request.caller = await this.callers.identify(request, context.switchToHttp().getResponse<FastifyReply>());
    admit(door.access, request.caller?.account ?? null);
    if (request.caller?.account === localOperator && callsOfAPerson.has(door.call)) {
      throw new DomainError('not-found');
    }
    return true;
  }
}

/** To a resident an operator's door looks like no door. */
function admit(access: Access, account: Account | null): void {
  switch (access) {
    case 'public':
      return;
    case 'person':
      if (!account) throw new DomainError('not-signed-in');
      return;
    case 'operator':
      if (!account) throw new DomainError('not-signed-in');
      if (account.role !== 'operator') throw new DomainError('not-found');
      return;
    default:
      access satisfies never;
  }
}
