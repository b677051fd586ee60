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

  /**
   * @param parentId the hub that publishes for all of them; null: each speaks for itself
   * @throws DomainError `product-unknown`, or `invalid-request` when there is no such hub.
   */
  async makeBatch(
    productId: string,
    count: number,
    parentId: string | null = null,
  ): Promise<{ batch: Batch; devices: MadeDevice[] }> {
    const product = await this.products.byId(productId);
    if (product === null) throw new DomainError('product-unknown');
    await this.requireHub(parentId);
    const secrets = Array.from({ length: count }, newToken);
    const createdAt = this.clock.now();
    const { batch, devices } = await this.devices.insertBatch({ productId, count, createdAt }, batchId =>
      secrets.map((secret, i) =>
        this.device({ batch: batchId, number: i + 1, productId, parentId, createdAt }, secret),
      ),
    );
    return { batch, devices: devices.map((device, i) => this.made(device, product, secrets[i] ?? '')) };
  }

  private async requireHub(parentId: string | null): Promise<void> {
    if (parentId === null || (await this.devices.byId(parentId))?.parentId === null) return;
    throw new DomainError('invalid-request', {
      faults: [{ field: 'parent', message: 'is not a device that can speak for others' }],
    });
  }

  private device(
    origin: Pick<Device, 'batch' | 'number' | 'productId' | 'parentId' | 'createdAt'>,
    secret: string,
  ): Device {
    const { batch, number } = origin;
    return {
      ...origin,
      id: `d${batch}-${number}`,
      keyId: this.keys.current().current,
      generation: 0,
      serial: `${batch.toString().padStart(4, '0')}-${number.toString().padStart(6, '0')}`,
      secretHash: hashToken(secret),
      certificateFingerprint: null,
      revokedAt: null,
    };
  }

  private made(device: Device, { bindingPolicy }: Product, secret: string): MadeDevice {
    const { ticket, url } = this.tickets.of(device);
    const { id, productId: product, serial } = device;
    const pin = bindingPolicy === 'pin' ? { pin: derivePin(this.keys.current(), pinSubject(device)) } : {};
    return { id, product, serial, secret, ticket, url, ...pin };
  }
}
