// Operators: one lets another in by a link, and each can step down or be taken down, but never the last.
import { Injectable } from '@nestjs/common';
import {
  type OperatorOfferView,
  type OperatorPerson,
  type OperatorsView,
  type OperatorWhat,
  operatorLinkMinutes,
} from '#codecs/api';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import type { Account } from './account.js';
import { AccountStore } from './account.store.js';
import type { Actor } from './actor.js';
import { Listeners } from './listeners.js';
import type { FreshLink } from './one-time-links.js';
import { type OperatorAct, OperatorStore } from './operator.store.js';
import { OperatorChanges } from './operator-changes.js';
import { equalHashes, hashToken, newToken } from './secret.js';
import type { OneTimeLink } from './session.js';

const shownActs = 100;

@Injectable()
export class Operators {
  private readonly watchers = new Listeners();

  constructor(
    private readonly store: OperatorStore,
    private readonly accounts: AccountStore,
    private readonly changes: OperatorChanges,
    private readonly clock: Clock,
  ) {}

  async list(by: Account): Promise<OperatorsView> {
    const [operators, link, acts] = await Promise.all([
      this.accounts.operators(),
      this.store.offered(this.clock.now()),
      this.store.acts(shownActs),
    ]);
    const named = [link?.accountId, ...acts.flatMap(({ accountId, concernsId }) => [accountId, concernsId])];
    const person = await this.people(named, by);
    return {
      operators: operators.map(({ id, name, email }) => ({ id, name, email, isYou: id === by.id })),
      link: link && { by: person(link.accountId), expiresAt: link.expiresAt },
      acts: acts.map(({ at, what, via, address, accountId, concernsId }) => ({
        ...{ at, what, by: person(accountId), from: { via, address } },
        whom: concernsId === null ? null : person(concernsId),
      })),
    };
  }

  /** The token leaves the gateway now; of an earlier link that was not used it takes the place. */
  async invite(by: Actor): Promise<FreshLink> {
    const token = newToken();
    const act = this.act('invited', by);
    const expiresAt = act.at + operatorLinkMinutes * 60_000;
    const link: OneTimeLink = {
      ...{ tokenHash: hashToken(token), purpose: 'operator', expiresAt },
      accountId: act.accountId,
    };
    await this.store.offer(link, act);
    return { token, expiresAt };
  }

  /** @throws DomainError `not-found` when no link waits to be used. */
  async withdraw(by: Actor): Promise<void> {
    if (!(await this.store.withdraw(this.act('withdrawn', by)))) throw new DomainError('not-found');
  }

  /** Looking does not use it. @throws DomainError `link-spent`, the same for every link that gives nothing. */
  async look(token: string, by: Account | null): Promise<OperatorOfferView> {
    const link = await this.store.offered(this.clock.now());
    if (link === null || !equalHashes(link.tokenHash, hashToken(token))) throw new DomainError('link-spent');
    const person = await this.people([link.accountId], by);
    return {
      by: person(link.accountId).name,
      expiresAt: link.expiresAt,
      isOperator: by?.role === 'operator',
    };
  }

  /** An operator leaves the link as it is: nothing is given to them by it. @throws DomainError `link-spent`. */
  async accept(token: string, by: Actor): Promise<void> {
    if (by.role === 'operator') return;
    if (!(await this.store.appoint(hashToken(token), by.id, this.act('joined', by))))
      throw new DomainError('link-spent');
    await this.changes.changed(by.id);
  }

  /** Who names themselves steps down. @throws DomainError `not-found`; `last-operator`. */
  async remove(accountId: string, by: Actor): Promise<void> {
    const isOwn = accountId === by.id;
    const act = isOwn ? this.act('left', by) : this.act('removed', by, accountId);
    const dismissal = await this.store.dismiss(accountId, act);
    if (dismissal === 'none') throw new DomainError('not-found');
    if (dismissal === 'last') throw new DomainError('last-operator');
    this.watchers.tell(accountId);
    await this.changes.changed(accountId);
  }

  /**
   * Tells once when this operator is none any more, also if that was so before the question.
   * @returns what takes the listener away.
   */
  watchEnd(accountId: string, listener: () => void): () => void {
    const unwatch = this.watchers.add(accountId, listener);
    this.accounts.byId(accountId).then(account => {
      if (account?.role !== 'operator') listener();
    }, listener);
    return unwatch;
  }

  private act(what: OperatorWhat, { id, from }: Actor, concernsId: string | null = null): OperatorAct {
    // The token in the data folder is nobody's in particular.
    const accountId = from.via === 'machine' ? null : id;
    return { ...from, at: this.clock.now(), what, accountId, concernsId };
  }

  /** How each of them looks to who asks. @param ids also of nobody in particular */
  private async people(
    ids: readonly (string | null | undefined)[],
    by: Account | null,
  ): Promise<(id: string | null) => OperatorPerson> {
    const distinct = [...new Set(ids)].filter(id => typeof id === 'string');
    const found = await Promise.all(distinct.map(id => this.accounts.byId(id)));
    const names = new Map(found.flatMap(account => (account ? [[account.id, account.name] as const] : [])));
    return id => {
      if (id === null) return { is: 'machine', name: null };
      const name = names.get(id);
      if (name === undefined) return { is: 'gone', name: null };
      return { is: id === by?.id ? 'you' : 'somebody', name };
    };
  }
}
