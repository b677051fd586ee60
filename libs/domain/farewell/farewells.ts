// Farewells: an account is removed with all that is the person's, step by step, and in the end there is a certificate.
import { Injectable } from '@nestjs/common';
import type { FarewellView } from '#codecs/api';
import {
  Accounts,
  type Actor,
  type Assurance,
  type Doer,
  hashToken,
  newToken,
  Sessions,
} from '#domain/accounts';
import { BindingStore, Bindings, Safekeeping } from '#domain/binding';
import { Clock } from '#domain/clock';
import { Certificates, Erasures } from '#domain/erasure';
import { DomainError } from '#domain/errors';
import { HomeStore } from '#domain/homes';
import { RecipientChanges } from '#domain/notices';
import { Members, RightsChanges, SharingStore } from '#domain/sharing';
import { certificateOf } from './certificate.js';
import { type Farewell, nothingRemoved } from './farewell.js';
import { FarewellStore } from './farewell.store.js';

/** How long the certificate can be fetched. */
const keptMs = 30 * 86_400_000;

@Injectable()
export class Farewells {
  constructor(
    private readonly store: FarewellStore,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly homes: HomeStore,
    private readonly bindings: BindingStore,
    private readonly owning: Bindings,
    private readonly safekeeping: Safekeeping,
    private readonly sharing: SharingStore,
    private readonly members: Members,
    private readonly rights: RightsChanges,
    private readonly recipients: RecipientChanges,
    private readonly erasures: Erasures,
    private readonly certificates: Certificates,
    private readonly clock: Clock,
  ) {}

  /**
   * When it resolves the account is lost to everybody; what is left of it goes by `run`.
   * @returns the token of the farewell, which leaves the gateway now and is kept nowhere
   * @throws DomainError `last-operator`, `wrong-credentials`, `too-many-attempts`; `sign-in-again` for who has no
   *   password and has been signed in for a while
   */
  async ask(by: Actor, assurance: Assurance): Promise<{ token: string; keptUntil: number }> {
    await this.accounts.assure(by, assurance);
    const token = newToken();
    const askedAt = this.clock.now();
    const begun = await this.store.begin({
      ...{ accountId: by.id, tokenHash: hashToken(token), via: by.from.via, askedAt },
      ...{ removed: nothingRemoved, removedAt: null, certificate: null },
    });
    if (!begun.ok) throw new DomainError(begun.because === 'gone' ? 'not-signed-in' : begun.because);
    for (const hash of begun.sessions) this.sessions.announceEnd(hash);
    await this.recipients.changed(by.id);
    return { token, keptUntil: askedAt + keptMs };
  }

  /** @throws DomainError `link-spent` for whatever is wrong with the link. */
  async look(token: string): Promise<FarewellView> {
    const farewell = await this.store.byToken(hashToken(token));
    if (farewell === null) throw new DomainError('link-spent');
    const { askedAt, certificate } = farewell;
    return { askedAt, keptUntil: askedAt + keptMs, certificate };
  }

  /** Goes on with what was asked for, also of an earlier process; ends early when `signal` says so. */
  async run(signal: AbortSignal): Promise<void> {
    for (const farewell of await this.store.unfinished()) {
      if (signal.aborted) return;
      await this.goOn(farewell, signal);
    }
  }

  prune(): Promise<void> {
    return this.store.prune(this.clock.now() - keptMs);
  }

  /** Each step finds what an earlier attempt at it has left, if it broke off. */
  private async goOn({ accountId, via, removedAt }: Farewell, signal: AbortSignal): Promise<void> {
    const leaver: Doer = { id: accountId, from: { via, address: null } };
    if (removedAt === null) {
      await this.giveBack(leaver);
      await this.giveUp(leaver);
      await this.erasures.askAll(leaver);
      if (!(await this.erasures.isDone(accountId))) return;
      if (!(await this.store.sweep(accountId, signal))) return;
      if (!(await this.empty(accountId))) return;
    }
    await this.certify(accountId);
  }

  /** What others let them do. */
  private async giveBack(leaver: Doer): Promise<void> {
    for (const { id } of await this.sharing.ofAccount(leaver.id)) await this.leave(id, leaver);
  }

  /** One grant may have gone with another. */
  private async leave(grantId: string, leaver: Doer): Promise<void> {
    if ((await this.sharing.byId(grantId)) !== null) await this.members.leave(grantId, leaver);
  }

  /** Their devices. A lock was their word, and ends with it: nobody could unlock a device that has no owner. */
  private async giveUp(leaver: Doer): Promise<void> {
    for (const { deviceId, state } of await this.bindings.ofOwner(leaver.id)) {
      if (state === 'locked') await this.safekeeping.unlock(deviceId, leaver);
      await this.owning.release(deviceId, leaver, true);
    }
  }

  /** @returns false when something has come to them meanwhile: then it goes first. */
  private async empty(accountId: string): Promise<boolean> {
    const homes = await this.homes.ofAccount(accountId);
    const grants = await this.sharing.onSubjects(homes.map(({ id }) => id));
    if (!(await this.store.remove(accountId, this.clock.now()))) return false;
    await this.rights.changed([], [...new Set(grants.map(grant => grant.accountId))]);
    return true;
  }

  private async certify(accountId: string): Promise<void> {
    const farewell = await this.store.byAccount(accountId);
    if (farewell?.removedAt == null) return;
    const erasures = await this.erasures.certificatesOf(accountId);
    const statement = certificateOf(farewell, farewell.removedAt, erasures);
    await this.store.finish(accountId, this.certificates.sign(statement));
  }
}
