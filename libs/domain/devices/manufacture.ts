// Manufacture: a batch of devices gets ids, secrets, tickets and PINs; of a secret only its hash stays here.
import { Injectable } from '@nestjs/common';
import type { MadeDevice, Product } from '#codecs/api';
import { derivePin } from '#codecs/ticket';
import { hashToken, newToken } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { type Batch, type Device, pinSubject } from './device.js';
import { DeviceStore, ProductStore } from './device.store.js';
import { KeyRingSource } from './key-ring-source.js';
import { Tickets } from './tickets.js';

@Injectable()
export class Manufacture {
  constructor(
    private readonly products: ProductStore,
    private readonly devices: DeviceStore,
    private readonly tickets: Tickets,
    private readonly keys: KeyRingSource,
    private readonly clock: Clock,
  ) {}

  batches(): Promise<Batch[]> {
    return this.devices.batches();
  }

  /** @throws DomainError `product-unknown`. */
  async makeBatch(productId: string, count: number): Promise<{ batch: Batch; devices: MadeDevice[] }> {
    const product = await this.products.byId(productId);
    if (product === null) throw new DomainError('product-unknown');
    const secrets = Array.from({ length: count }, newToken);
    const createdAt = this.clock.now();
    const { batch, devices } = await this.devices.insertBatch({ productId, count, createdAt }, batchId =>
      secrets.map((secret, i) => this.device(batchId, i + 1, productId, secret, createdAt)),
    );
    return { batch, devices: devices.map((device, i) => this.made(device, product, secrets[i] ?? '')) };
  }

  private device(
    batch: number,
    number: number,
    productId: string,
    secret: string,
    createdAt: number,
  ): Device {
    return {
      id: `d${batch}-${number}`,
      productId,
      batch,
      number,
      keyId: this.keys.current().current,
      generation: 0,
      serial: `${batch.toString().padStart(4, '0')}-${number.toString().padStart(6, '0')}`,
      secretHash: hashToken(secret),
      parentId: null,
      createdAt,
    };
  }

  private made(device: Device, { bindingPolicy }: Product, secret: string): MadeDevice {
    const { ticket, url } = this.tickets.of(device);
    const { id, productId: product, serial } = device;
    const pin = bindingPolicy === 'pin' ? { pin: derivePin(this.keys.current(), pinSubject(device)) } : {};
    return { id, product, serial, secret, ticket, url, ...pin };
  }
}
