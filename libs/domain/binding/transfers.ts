// Transfers: an owner offers a device by a link, and whoever has the link takes it over.
import { Injectable } from '@nestjs/common';
import type { TransferView } from '#codecs/api';
import { type Actor, deedOf, equalHashes, hashToken, newToken } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DeviceStore, ProductStore } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { HomeStore } from '#domain/homes';
import { BindingStore } from './binding.store.js';
import { BindingLine } from './binding-line.js';
import { firstHome } from './first-home.js';
import { lapse } from './lapse.js';

/** How long an offer stands. */
const offerMs = 24 * 60 * 60_000;

@Injectable()
export class Transfers {
  constructor(
    private readonly bindings: BindingStore,
    private readonly devices: DeviceStore,
    private readonly products: ProductStore,
    private readonly homes: HomeStore,
    private readonly line: BindingLine,
    private readonly clock: Clock,
  ) {}

  /**
   * A new offer ends the one before.
   * @param erases whether what it recorded in their time is erased when it is taken
   * @returns the token, which leaves the gateway now and is kept nowhere
   */
  async offer(deviceId: string, by: Actor, erases = false): Promise<{ token: string; expiresAt: number }> {
    const secret = newToken();
    const at = this.clock.now();
    const expiresAt = at + offerMs;
    const offer = { tokenHash: hashToken(secret), expiresAt, erases };
    await this.line.decide(deviceId, { kind: 'offer', at, ...deedOf(by), ...offer });
    return { token: `${deviceId}.${secret}`, expiresAt };
  }

  async withdraw(deviceId: string, by: Actor): Promise<void> {
    await this.line.decide(deviceId, { kind: 'withdraw', at: this.clock.now(), ...deedOf(by) });
  }

  /** What is offered. @throws DomainError `link-spent` for whatever is wrong with the link. */
  async look(token: string): Promise<TransferView> {
    const { deviceId, tokenHash } = read(token);
    const stored = await this.bindings.byDevice(deviceId);
    const offer = stored === null ? null : lapse(stored, this.clock.now()).offer;
    const device = await this.devices.byId(deviceId);
    const product = device && (await this.products.byId(device.productId));
    if (offer === null || product === null || !equalHashes(offer.tokenHash, tokenHash))
      throw new DomainError('link-spent');
    const { id, name, icon, page, bindingPolicy } = product;
    return { product: { id, name, icon, page, bindingPolicy }, expiresAt: offer.expiresAt };
  }

  /** Doing it twice gives the same answer. @throws DomainError `link-spent`. */
  async accept(
    by: Actor,
    token: string,
    name: string | null = null,
  ): Promise<{ deviceId: string; epoch: number }> {
    const { deviceId, tokenHash } = read(token);
    if ((await this.bindings.byDevice(deviceId)) === null) throw new DomainError('link-spent');
    const at = this.clock.now();
    const homeId = await firstHome(this.homes, by);
    const taking = { kind: 'accept', at, ...deedOf(by), tokenHash, homeId, name } as const;
    const { epoch } = await this.line.decide(deviceId, taking);
    return { deviceId, epoch };
  }
}

/** `DEVICE.SECRET`: an id has no dot in it. */
function read(token: string): { deviceId: string; tokenHash: string } {
  const [deviceId = '', ...secret] = token.split('.');
  return { deviceId, tokenHash: hashToken(secret.join('.')) };
}
