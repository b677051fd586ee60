// Manufacture: devices come into being slice by slice, so that a large batch never keeps an alarm from being written.
import { Injectable } from '@nestjs/common';
import { type MadeDevice, type Unit, unitsACall } from '#codecs/api';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { type Batch, type BatchPlan, emptyBatch } from './batch.js';
import { BatchStore } from './batch.store.js';
import { CredentialExports } from './credential-exports.js';
import type { Device } from './device.js';
import { DeviceStore, ProductStore } from './device.store.js';
import { KeyRingSource, PublicUrl } from './key-ring-source.js';
import { steps } from './steps.js';

/** Devices written in one transaction: some ten milliseconds, in which nothing else is written. */
export const sliceDevices = 100;

export interface TakenUnit {
  /** Place in the list that was asked about. */
  readonly index: number;
  readonly field: 'serial' | 'mac';
}

@Injectable()
export class Manufacture {
  constructor(
    private readonly products: ProductStore,
    private readonly devices: DeviceStore,
    private readonly store: BatchStore,
    private readonly exports: CredentialExports,
    private readonly keys: KeyRingSource,
    private readonly publicUrl: PublicUrl,
    private readonly clock: Clock,
  ) {}

  batches(): Promise<Batch[]> {
    return this.store.all();
  }

  /** @param text its name or its number. @throws DomainError `not-found`. */
  async batch(text: string): Promise<Batch> {
    const batch = await (/^\d{1,9}$/.test(text) ? this.store.byId(Number(text)) : this.store.byName(text));
    if (batch === null) throw new DomainError('not-found');
    return batch;
  }

  /**
   * The same plan again gives the same batch, as far as it has got.
   * @throws DomainError `public-url-unset`, `product-unknown`, `invalid-request` when there is no such hub, or
   *   `batch-differs`.
   */
  async open(plan: BatchPlan): Promise<Batch> {
    // It stands in every code, and what is printed stays printed.
    if (!this.publicUrl.isChosen) throw new DomainError('public-url-unset');
    if ((await this.products.byId(plan.productId)) === null) throw new DomainError('product-unknown');
    await this.requireHub(plan.parentId);
    const batch = await this.store.open(emptyBatch(plan, this.clock.now()));
    const same = planKeys.every(key => batch[key] === plan[key]);
    if (!same) throw new DomainError('batch-differs', { detail: differenceOf(batch) });
    return batch;
  }

  /**
   * Makes the devices after number `after`, in slices, with a turn for everybody else between two of them. Those that
   * are made already are not made again.
   * @param next how many, or what the list of the batch says of each, in its order
   * @throws DomainError `units-taken`, with what was made before in place; `invalid-request`.
   */
  async fill(batch: Batch, after: number, next: readonly Unit[] | number): Promise<Batch> {
    const isCounted = typeof next === 'number';
    if (isCounted !== (batch.unitsHash === null) || after > batch.made) {
      throw new DomainError('invalid-request', { detail: 'These are not the next devices of this batch.' });
    }
    const units = isCounted ? Array.from({ length: next }, (): Unit => ({})) : next;
    const wanted = units.slice(batch.made - after, batch.count - after);
    for await (const { from, to } of steps(0, wanted.length, sliceDevices)) {
      const added = await this.addSlice(batch, batch.made + from, wanted.slice(from, to));
      if (added === 'overtaken') break;
    }
    return this.batch(String(batch.id));
  }

  /** Which of these serial numbers and MAC addresses belong to devices of this gateway already. */
  async taken(units: readonly Unit[]): Promise<TakenUnit[]> {
    const given = <K extends keyof Unit>(key: K) => units.flatMap(unit => unit[key] ?? []);
    const found = await this.store.taken(given('serial'), given('mac'));
    const known = {
      serial: new Set(found.map(({ serial }) => serial)),
      mac: new Set(found.map(({ mac }) => mac)),
    };
    return units.flatMap((unit, index) =>
      (['serial', 'mac'] as const)
        .filter(field => unit[field] !== undefined && known[field].has(unit[field]))
        .map(field => ({ index, field })),
    );
  }

  /**
   * A few devices with their credentials at once, for programs that try things out: the answer is their only export.
   * @param parentId the hub that publishes for all of them; null: each speaks for itself
   * @throws DomainError as `open`.
   */
  async makeBatch(
    productId: string,
    count: number,
    parentId: string | null = null,
  ): Promise<{ batch: Batch; devices: MadeDevice[] }> {
    const empty = await this.open({ name: null, productId, count, parentId, unitsHash: null });
    const batch = await this.fill(empty, 0, count);
    const only = await this.exports.next(batch, { after: 0, receipt: null, count });
    const { batch: received } = await this.exports.next(only.batch, { ...only, after: count, count });
    return { batch: await this.exports.confirm(received), devices: only.devices };
  }

  private async addSlice(batch: Batch, after: number, units: readonly Unit[]) {
    const createdAt = this.clock.now();
    const devices = units.map((unit, i) => this.device(batch, after + i + 1, unit, createdAt));
    const added = await this.store.add(batch.id, after, devices);
    if (added !== 'taken') return added;
    const taken = await this.taken(devices.map(({ serial, mac }) => ({ serial, mac: mac ?? undefined })));
    throw new DomainError('units-taken', {
      faults: taken.slice(0, unitsACall).map(({ index, field }) => ({
        field: `units.${after + index}.${field}`,
        message: 'belongs to another device already',
      })),
    });
  }

  private async requireHub(parentId: string | null): Promise<void> {
    if (parentId === null || (await this.devices.byId(parentId))?.parentId === null) return;
    throw new DomainError('invalid-request', {
      faults: [{ field: 'parent', message: 'is not a device that can speak for others' }],
    });
  }

  private device(
    { id: batch, productId, parentId }: Batch,
    number: number,
    { serial, mac }: Unit,
    createdAt: number,
  ): Device {
    return {
      id: `d${batch}-${number}`,
      productId,
      batch,
      number,
      keyId: this.keys.current().current,
      generation: 0,
      serial: serial ?? `${batch.toString().padStart(4, '0')}-${number.toString().padStart(6, '0')}`,
      mac: mac ?? null,
      secretHash: null,
      certificateFingerprint: null,
      revokedAt: null,
      parentId,
      createdAt,
      secretEpoch: 0,
      renewal: null,
    };
  }
}

const planKeys = ['productId', 'count', 'parentId', 'unitsHash'] as const;

function differenceOf({ name, count, productId, unitsHash }: Batch): string {
  const from = unitsHash === null ? '' : ', from another list';
  return `There is a batch ${name} already: ${count} devices of ${productId}${from}. Take another name.`;
}
