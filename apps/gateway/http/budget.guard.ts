// How often an address may try what can be guessed: each kind of try has a budget that fills up again by the minute.
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { EndpointName } from '#codecs/api';
import { addressKey } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { Door } from './call.js';
import { requestOf } from './inputs.js';

/** Tries a minute and address. */
export abstract class HttpBudgets {
  abstract readonly signIns: number;
  abstract readonly tickets: number;
  abstract readonly claims: number;
}

type Budget = keyof HttpBudgets;

const budgetOf: Partial<Readonly<Record<EndpointName, Budget>>> = {
  signIn: 'signIns',
  signInByLink: 'signIns',
  leaveGateway: 'signIns',
  signUp: 'signIns',
  firstOperator: 'signIns',
  ticket: 'tickets',
  askIn: 'tickets',
  invitation: 'tickets',
  farewell: 'tickets',
  acceptInvitation: 'tickets',
  operatorOffer: 'tickets',
  becomeOperator: 'tickets',
  claim: 'claims',
  confirm: 'claims',
  lookAtTransfer: 'claims',
  acceptTransfer: 'claims',
  reportFound: 'claims',
  askRecovery: 'claims',
  completeRecovery: 'claims',
};

const minuteMs = 60_000;
/** Addresses in memory; past it the one that was quiet longest is forgotten. */
const capacity = 20_000;

@Injectable()
export class BudgetGuard implements CanActivate {
  /** What is spent, by budget and address, and when that was true: it drains evenly. */
  private readonly spent = new Map<string, { readonly tries: number; readonly at: number }>();

  constructor(
    private readonly budgets: HttpBudgets,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const call = Door.of(context.getHandler())?.call;
    const budget = call && budgetOf[call];
    if (budget) this.spend(budget, addressKey(requestOf(context).ip));
    return true;
  }

  private spend(budget: Budget, address: string): void {
    const perMinute = this.budgets[budget];
    const key = `${budget} ${address}`;
    const at = this.clock.now();
    const last = this.spent.get(key);
    const drained = last ? ((at - last.at) / minuteMs) * perMinute : 0;
    const tries = Math.max(0, (last?.tries ?? 0) - drained);
    if (tries + 1 > perMinute) {
      const retryAfterS = Math.ceil(((tries + 1 - perMinute) / perMinute) * 60);
      throw new DomainError('too-many-attempts', { retryAfterS });
    }
    this.spent.delete(key);
    this.spent.set(key, { tries: tries + 1, at });
    for (const oldest of this.spent.keys()) {
      if (this.spent.size <= capacity) break;
      this.spent.delete(oldest);
    }
  }
}
