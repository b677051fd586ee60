// The credentials of a batch leave once: slice by slice, each acknowledged by the next, and after the last word none again.
import { Injectable } from '@nestjs/common';
import type { MadeDevice, Product } from '#codecs/api';
import { derivePin } from '#codecs/ticket';
import { hashToken, newId, newToken } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { type Batch, type ExportPlace, nothingExported } from './batch.js';
import { BatchStore } from './batch.store.js';
import { type Device, pinSubject } from './device.js';
import { ProductStore } from './device.store.js';
import { KeyRingSource } from './key-ring-source.js';
import { steps } from './steps.js';
import { Tickets } from './tickets.js';

/** Secrets written in one transaction. */
const sliceSecrets = 100;

export interface ExportStep {
  /** How many credentials the caller holds, and the receipt that came with the last of them. */
  readonly after: number;
  readonly receipt: string | null;
  readonly count: number;
}

export interface ExportedSlice {
  readonly batch: Batch;
  readonly devices: MadeDevice[];
  /** Null when there was nothing left to hand out. */
  readonly receipt: string | null;
}

@Injectable()
export class CredentialExports {
  constructor(
    private readonly products: ProductStore,
    private readonly store: BatchStore,
    private readonly tickets: Tickets,
    private readonly keys: KeyRingSource,
    private readonly clock: Clock,
  ) {}

  /**
   * The next credentials. A caller who shows the receipt of the slice on its way has received it, and gets the one after
   * it; one who shows the receipt before that has lost it, and gets it anew, with other secrets: so no device ever has
   * two that work.
   * @throws DomainError `batch-confirmed`, `export-elsewhere` for a receipt that is neither, `export-unfinished` while
   *   the batch is not made to its end.
   */
  async next(batch: Batch, step: ExportStep): Promise<ExportedSlice> {
    if (batch.confirmedAt !== null) throw new DomainError('batch-confirmed');
    if (batch.made < batch.count) {
      const detail = `Only ${batch.made} of its ${batch.count} devices are made.`;
      throw new DomainError('export-unfinished', { detail });
    }
    const exported = acknowledged(batch, step);
    if (exported === null) throw new DomainError('export-elsewhere');
    const issued = Math.min(batch.count, exported.exported + step.count);
    const receipt = issued > exported.exported ? newId() : null;
    const next = { ...exported, issued, issuedReceipt: receipt ?? exported.exportedReceipt };
    if (!(await this.store.moveExport(batch.id, batch, next))) throw new DomainError('export-elsewhere');
    const devices = receipt === null ? [] : await this.issue(batch, receipt, exported.exported, issued);
    return { batch: { ...batch, ...next }, devices, receipt };
  }

  /** Whatever was handed out of this batch is void as soon as its replacement is. @throws DomainError `batch-confirmed`. */
  async again(batch: Batch): Promise<Batch> {
    if (batch.confirmedAt !== null) throw new DomainError('batch-confirmed');
    if (!(await this.store.moveExport(batch.id, batch, nothingExported))) {
      throw new DomainError('export-elsewhere');
    }
    return { ...batch, ...nothingExported };
  }

  /** Doing it twice does no harm. @throws DomainError `export-unfinished`. */
  async confirm({ id }: Batch): Promise<Batch> {
    const batch = await this.required(id);
    if (batch.confirmedAt !== null) return batch;
    if (batch.made < batch.count || batch.exported < batch.count) {
      const detail = `${batch.exported} of its ${batch.count} credentials have been exported.`;
      throw new DomainError('export-unfinished', { detail });
    }
    await this.store.confirm(id, this.clock.now());
    return this.required(id);
  }

  private async issue(batch: Batch, receipt: string, after: number, upTo: number): Promise<MadeDevice[]> {
    const product = await this.products.byId(batch.productId);
    if (product === null) throw new DomainError('product-unknown');
    const made: MadeDevice[] = [];
    for await (const { from, to } of steps(after, upTo, sliceSecrets)) {
      const devices = await this.store.devices(batch.id, from, to - from);
      const slice = devices.map(device => this.made(device, product));
      const secrets = slice.map(({ secret }, i) => ({
        number: from + i + 1,
        secretHash: hashToken(secret),
      }));
      const written = await this.store.putSecrets(batch.id, receipt, secrets);
      if (!written) throw new DomainError('export-elsewhere');
      made.push(...slice);
    }
    return made;
  }

  private made(device: Device, { bindingPolicy }: Product): MadeDevice {
    const { id, productId: product, serial, mac } = device;
    const { ticket, url } = this.tickets.of(device);
    return {
      id,
      product,
      serial,
      ...(mac !== null && { mac }),
      secret: newToken(),
      ticket,
      url,
      ...(bindingPolicy === 'pin' && { pin: derivePin(this.keys.current(), pinSubject(device)) }),
    };
  }

  private async required(id: number): Promise<Batch> {
    const batch = await this.store.byId(id);
    if (batch === null) throw new DomainError('not-found');
    return batch;
  }
}

/** Where the export stands after what the caller says; null when that fits neither of the two places. */
function acknowledged(place: ExportPlace, { after, receipt }: ExportStep): ExportPlace | null {
  const { exported, exportedReceipt, issued, issuedReceipt } = place;
  if (after === issued && receipt === issuedReceipt) {
    return { ...place, exported: issued, exportedReceipt: issuedReceipt };
  }
  return after === exported && receipt === exportedReceipt ? place : null;
}
