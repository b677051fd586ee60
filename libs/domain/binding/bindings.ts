// Binding: from a scanned code to an owner, and back. Every write is one compare-and-set.
import { Injectable } from '@nestjs/common';
import type { LedgerEntryView, Product, Proof, TicketView } from '#codecs/api';
import { derivePin, pinMatches } from '#codecs/ticket';
import { type Account, Attempts, hashToken, newToken } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { type Device, KeyRingSource, ProductStore, pinSubject, Tickets } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { HomeStore } from '#domain/homes';
import type { Binding } from './binding.js';
import { BindingStore } from './binding.store.js';
import { BindingChanges } from './binding-changes.js';
import { type BindingEvent, decide, lapse } from './decide.js';
import { ledgerView } from './ledger-view.js';
import { Onlookers } from './onlookers.js';

/** How long an action at the device counts as possession, and how long a claim waits for its confirmation. */
export const windowMs = 120_000;
const claimMs = 120_000;
const ledgerRows = 200;

interface Scanned {
  readonly device: Device;
  readonly product: Product;
  readonly binding: Binding;
}

@Injectable()
export class Bindings {
  constructor(
    private readonly bindings: BindingStore,
    private readonly products: ProductStore,
    private readonly homes: HomeStore,
    private readonly tickets: Tickets,
    private readonly keys: KeyRingSource,
    private readonly attempts: Attempts,
    private readonly onlookers: Onlookers,
    private readonly changes: BindingChanges,
    private readonly clock: Clock,
  ) {}

  /** What a scanned code shows to this person. @throws DomainError `not-our-code`, `old-label`. */
  async look(text: string, by: Account | null): Promise<TicketView> {
    const { product: whole, binding, device } = await this.scanned(text);
    const { id, name, icon, page, bindingPolicy } = whole;
    const product = { id, name, icon, page, bindingPolicy };
    if (by === null) return { view: 'product', product };
    if (binding.ownerId === by.id) return { view: 'owner', product, deviceId: device.id };
    if (binding.state === 'bound' || binding.state === 'locked') return { view: 'stranger', product };
    this.onlookers.note(device.id, by.id);
    return { view: 'unbound', product, windowUntil: binding.windowUntil };
  }

  /**
   * The first step: a proof of possession against a nonce.
   * @param from address of the caller, for counting wrong PINs
   */
  async claim(
    text: string,
    by: Account,
    proof: Proof,
    from: string,
  ): Promise<{ nonce: string; expiresAt: number }> {
    const { device, product, binding } = await this.scanned(text);
    if (proof.by !== product.bindingPolicy) throw new DomainError('possession-not-shown');
    if (binding.state === 'bound') throw new DomainError('already-bound');
    if (proof.by === 'pin') await this.checkPin(device, by, proof.pin, from, binding.epoch);
    const nonce = newToken();
    const at = this.clock.now();
    const expiresAt = at + claimMs;
    const { id: accountId } = by;
    await this.apply(device.id, {
      kind: 'claim',
      at,
      accountId,
      proof: proof.by,
      nonceHash: hashToken(nonce),
      expiresAt,
    });
    return { nonce, expiresAt };
  }

  /** The second step, within two minutes; doing it twice gives the same answer. */
  async confirm(
    text: string,
    by: Account,
    nonce: string,
    name?: string,
  ): Promise<{ deviceId: string; epoch: number }> {
    const { device } = await this.scanned(text);
    const [home] = (await this.homes.ofAccount(by.id)).sort((a, b) => a.createdAt - b.createdAt);
    if (home === undefined) throw new DomainError('not-found');
    const bound = await this.apply(device.id, {
      kind: 'confirm',
      at: this.clock.now(),
      accountId: by.id,
      nonceHash: hashToken(nonce),
      homeId: home.id,
      name: name ?? null,
    });
    return { deviceId: device.id, epoch: bound.epoch };
  }

  async release(deviceId: string, by: Account): Promise<void> {
    await this.apply(deviceId, { kind: 'release', at: this.clock.now(), accountId: by.id });
  }

  async rename(deviceId: string, by: Account, name: string): Promise<void> {
    await this.apply(deviceId, { kind: 'rename', at: this.clock.now(), accountId: by.id, name });
  }

  /** Newest first; names of other people are not in it. */
  async ledger(deviceId: string, by: Account): Promise<LedgerEntryView[]> {
    const binding = await this.requireRight(deviceId, by);
    const rows = await this.bindings.ledger(deviceId, ledgerRows);
    return rows.map(row => ledgerView(row, binding, by));
  }

  /** The owner; operators may look too. @throws DomainError `not-found` for everybody else, as for no such device. */
  async requireRight(deviceId: string, by: Account): Promise<Binding> {
    const binding = await this.bindings.byDevice(deviceId);
    if (binding === null || !(by.role === 'operator' || isOwner(binding, by)))
      throw new DomainError('not-found');
    return binding;
  }

  private async scanned(text: string): Promise<Scanned> {
    const found = await this.tickets.find(text);
    if (found === null) throw new DomainError('not-our-code');
    if (!found.current) throw new DomainError('old-label');
    const { device } = found;
    const [product, binding] = await Promise.all([
      this.products.byId(device.productId),
      this.bindings.byDevice(device.id),
    ]);
    if (product === null || binding === null || binding.state === 'retired')
      throw new DomainError('not-our-code');
    return { device, product, binding: lapse(binding, this.clock.now()) };
  }

  /** Counted per person, address and device, with a growing delay; a wrong one changes nothing but the ledger. */
  private async checkPin(
    device: Device,
    by: Account,
    pin: string,
    from: string,
    epoch: number,
  ): Promise<void> {
    const keys = [`pin account ${by.id}`, `pin address ${from}`, `pin device ${device.id}`];
    this.attempts.begin(keys);
    if (pinMatches(derivePin(this.keys.current(), pinSubject(device)), pin)) {
      this.attempts.forgive(keys);
      return;
    }
    const at = this.clock.now();
    await this.bindings.note({
      deviceId: device.id,
      epoch,
      at,
      what: 'proof-refused',
      accountId: by.id,
      proof: 'pin',
    });
    throw new DomainError('possession-refused');
  }

  /** Decides on what is stored and writes if it is still so; whoever was overtaken decides again. */
  private async apply(deviceId: string, event: BindingEvent): Promise<Binding> {
    for (;;) {
      const before = await this.bindings.byDevice(deviceId);
      if (before === null) throw new DomainError('not-found');
      const decision = decide(before, event);
      if (!decision.ok) throw new DomainError(decision.code);
      if (decision.change === null) return before;
      if (await this.bindings.compareAndSet(decision.change)) {
        await this.changes.changed(decision.change.next, before);
        return decision.change.next;
      }
    }
  }
}

function isOwner({ state, ownerId }: Binding, by: Account): boolean {
  return state === 'bound' && ownerId === by.id;
}
