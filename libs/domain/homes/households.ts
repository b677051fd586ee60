// Households: an account opens together with its first home, and its homes are named by it alone.
import { Injectable } from '@nestjs/common';
import type { Locale, Role } from '#codecs/api';
import {
  type Account,
  AccountStore,
  canonicalEmail,
  type FreshLink,
  newId,
  OneTimeLinks,
  OperatorChanges,
  Passwords,
} from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import type { Home } from './home.js';
import { HomeStore } from './home.store.js';

export interface Newcomer {
  readonly email: string;
  readonly name: string;
  readonly locale: Locale;
  /** Null for who comes by a link. */
  readonly password: string | null;
  /** IANA name; UTC when nobody knows better. */
  readonly timeZone?: string;
}

const firstHomeName: Readonly<Record<Locale, string>> = { zh: '我的家', en: 'My home' };

@Injectable()
export class Households {
  constructor(
    private readonly homes: HomeStore,
    private readonly accounts: AccountStore,
    private readonly passwords: Passwords,
    private readonly links: OneTimeLinks,
    private readonly operatorChanges: OperatorChanges,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `email-taken`. */
  openResident(newcomer: Newcomer): Promise<Account> {
    return this.open(newcomer, 'resident');
  }

  /**
   * Opens the first operator's account with the token of the printed link.
   * @throws DomainError `link-spent`, or `email-taken` (and then the link still works).
   */
  async openFirstOperator(token: string, newcomer: Newcomer): Promise<Account> {
    const link = await this.links.take(token, 'first-operator');
    const account = await this.open(newcomer, 'operator').catch(async error => {
      await this.links.putBack(link);
      throw error;
    });
    await this.operatorChanges.changed(account.id);
    return account;
  }

  /** A link that lets this person in; who has no account gets a resident's, without a password. */
  async inviteByLink(person: Omit<Newcomer, 'password'>): Promise<FreshLink> {
    const known = await this.accounts.byEmail(canonicalEmail(person.email));
    const account = known ?? (await this.openResident({ ...person, password: null }));
    return this.links.forSignIn(account.id);
  }

  /** Oldest first: the first one is the home that the account began with. */
  async list(by: Account): Promise<Home[]> {
    const homes = await this.homes.ofAccount(by.id);
    return homes.sort((a, b) => a.createdAt - b.createdAt || a.id.localeCompare(b.id));
  }

  /** @throws DomainError `not-found` for a home that is not theirs, as for none. */
  async requireOwn(homeId: string, by: Account): Promise<Home> {
    const home = await this.homes.byId(homeId);
    if (home?.ownerId !== by.id) throw new DomainError('not-found');
    return home;
  }

  /** Name and time zone; the mode changes through the intake. @throws DomainError `not-found`. */
  async rename(homeId: string, change: { name?: string; timeZone?: string }): Promise<Home> {
    await this.homes.rename(homeId, change);
    const home = await this.homes.byId(homeId);
    if (home === null) throw new DomainError('not-found');
    return home;
  }

  private async open({ password, timeZone = 'UTC', ...person }: Newcomer, role: Role): Promise<Account> {
    const createdAt = this.clock.now();
    const account: Account = {
      id: newId(),
      email: canonicalEmail(person.email),
      name: person.name,
      locale: person.locale,
      role,
      passwordHash: password === null ? null : await this.passwords.hash(password),
      createdAt,
    };
    const home: Home = {
      id: newId(),
      ownerId: account.id,
      name: firstHomeName[person.locale],
      timeZone,
      mode: 'home',
      modeSince: createdAt,
      createdAt,
    };
    if (!(await this.homes.open(account, home))) throw new DomainError('email-taken');
    return account;
  }
}
