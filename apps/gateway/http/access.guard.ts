// The guard on every door: it lets nobody in unless the door says who may come, and by which right.
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '#domain/accounts';
import { DomainError } from '#domain/errors';
import { Door } from './call.js';
import { Callers } from './callers.js';
import { Doorkeeper, type Params } from './doorkeeper.js';
import { requestOf } from './inputs.js';
import { callsOfAPerson, localOperator } from './local-operator.js';

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly callers: Callers,
    private readonly doorkeeper: Doorkeeper,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const door = Door.of(context.getHandler());
    if (!door) throw new DomainError('not-found');
    const request = requestOf(context);
    request.caller = await this.callers.identify(request, context.switchToHttp().getResponse<FastifyReply>());
    request.binding = await this.admit(door, request);
    return true;
  }

  private async admit(door: Door, { caller, params }: FastifyRequest) {
    const account = caller?.account ?? null;
    switch (door.access) {
      case 'public':
        return null;
      case 'person': {
        const by = present(account);
        if (by === localOperator && callsOfAPerson.has(door.call)) throw new DomainError('not-found');
        return door.needs === 'self' ? null : this.doorkeeper.require(door.needs, params as Params, by);
      }
      case 'operator':
        // To a resident an operator's door looks like no door.
        if (present(account).role !== 'operator') throw new DomainError('not-found');
        return null;
      default:
        return door satisfies never;
    }
  }
}

function present(account: Account | null): Account {
  if (!account) throw new DomainError('not-signed-in');
  return account;
}
