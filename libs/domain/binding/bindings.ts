// Binding: from a scanned code to an owner, and back.
import { Injectable } from '@nestjs/common';
import type { LedgerEntryView, Proof, TicketView } from '#codecs/api';
import {
  type Account,
  AccountStore,
  type Actor,
  type Doer,
  deedOf,
  hashToken,
  newToken,
} from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { HomeStore } from '#domain/homes';
import type { Binding } from './binding.js';
import { BindingStore } from './binding.store.js';
import { BindingLine } from './binding-line.js';
import { firstHome } from './first-home.js';
import type { LedgerRow } from './ledger.js';
import { ledgerView } from './ledger-view.js';
import { Onlookers } from './onlookers.js';
import { Possession } from './possession.js';
import { Scans } from './scans.js';

/** How long a claim waits for its confirmation. */
const claimMs = 120_000;
const ledgerRows = 200;

@Injectable()
export class Bindings {
  constructor(
    private readonly bindings: BindingStore,
    private readonly homes: HomeStore,
    private readonly accounts: AccountStore,
    private readonly scans: Scans,
    private readonly possession: Possession,
    private readonly line: BindingLine,
    private readonly onlookers: Onlookers,
    private readonly clock: Clock,
  ) {}

  /** What a scanned code shows to this person. @throws DomainError `not-our-code`, `old-label`. */
  async look(text: string, by: Account | null): Promise<TicketView> {
    const { product: whole, binding, device } = await this.scans.of(text);
    const { id, name, icon, page, bindingPolicy } = whole;
    const product = { id, name, icon, page, bindingPolicy };
    if (by === null) return { view: 'product', product };
    if (binding.ownerId === by.id) return { view: 'owner', product, deviceId: device.id };
    if (binding.state === 'bound' || binding.state === 'locked')
      return { view: 'stranger', product, asked: false, recoveryDueAt: dueFor(binding, by) };
    this.onlookers.note(device.id, by.id);
    return { view: 'unbound', product, windowUntil: binding.windowUntil };
  }

  /**
   * The first step: a proof of possession against a nonce.
   * @param from address of the caller, for counting wrong proofs
   */
  async claim(
    text: string,
    by: Actor,
    proof: Proof,
    from: string,
  ): Promise<{ nonce: string; expiresAt: number }> {
    const scanned = await this.scans.of(text);
    if (scanned.binding.state === 'bound') throw new DomainError('already-bound');
    const nonce = newToken();
    return this.possession.show(scanned, { by, proof, from }, async shownHash => {
      const at = this.clock.now();
      const expiresAt = at + claimMs;
      const claimed = { nonceHash: hashToken(nonce), expiresAt, proof: proof.by, shownHash };
      await this.line.decide(scanned.device.id, { kind: 'claim', at, ...deedOf(by), ...claimed });
      return { nonce, expiresAt };
    });
  }

  /** The second step, within two minutes; doing it twice gives the same answer. */
  async confirm(
    text: string,
    by: Actor,
    nonce: string,
    name?: string,
  ): Promise<{ deviceId: string; epoch: number }> {
    const { device } = await this.scans.of(text);
    const bound = await this.line.decide(device.id, {
      kind: 'confirm',
      at: this.clock.now(),
      ...deedOf(by),
      nonceHash: hashToken(nonce),
      homeId: await firstHome(this.homes, by),
      name: name ?? null,
    });
    return { deviceId: device.id, epoch: bound.epoch };
  }

  /** @param erases whether what it recorded in their time is erased with it */
  async release(deviceId: string, by: Doer, erases = false): Promise<void> {
    const at = this.clock.now();
    await this.line.decide(deviceId, { kind: 'release', at, ...deedOf(by), erases });
  }

  async rename(deviceId: string, by: Actor, name: string): Promise<void> {
    const at = this.clock.now();
    await this.line.decide(deviceId, { kind: 'rename', at, ...deedOf(by), name });
  }

  /** Newest first; whoever acted is not named in it. */
  async ledger(deviceId: string, by: Account): Promise<LedgerEntryView[]> {
    const binding = await this.requireRight(deviceId, by);
    const rows = await this.bindings.ledger(deviceId, ledgerRows);
    const names = await this.namesIn(rows);
    return rows.map(row => ledgerView(row, { binding, by, names }));
  }

  /** Of those who still have an account. */
  private async namesIn(rows: readonly LedgerRow[]): Promise<Map<string, string>> {
    const ids = new Set(rows.flatMap(({ accountId, concernsId }) => [accountId, concernsId]));
    const known = [...ids].filter(id => id !== null);
    const accounts = await Promise.all(known.map(id => this.accounts.byId(id)));
    return new Map(accounts.flatMap(account => (account ? [[account.id, account.name]] : [])));
  }

  /** The owner; operators may look too. @throws DomainError `not-found` for everybody else, as for no such device. */
  async requireRight(deviceId: string, by: Account): Promise<Binding> {
    const binding = await this.bindings.byDevice(deviceId);
    if (binding === null || !(by.role === 'operator' || binding.ownerId === by.id))
      throw new DomainError('not-found');
    return binding;
  }
}

function dueFor({ recovery }: Binding, by: Account): number | null {
  return recovery?.accountId === by.id ? recovery.dueAt : null;
}
