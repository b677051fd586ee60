// From a scanned or typed code to the device it names, and back to the code of a device.
import { Injectable } from '@nestjs/common';
import { issueTicket, readTicket, spokenTicket, ticketFromText, ticketUrl } from '#codecs/ticket';
import { DomainError } from '#domain/errors';
import type { Device } from './device.js';
import { DeviceStore } from './device.store.js';
import { KeyRingSource, PublicUrl } from './key-ring-source.js';

export interface FoundTicket {
  readonly device: Device;
  /** False for a label that a later one has replaced. */
  readonly current: boolean;
}

export interface TicketForms {
  readonly ticket: string;
  readonly url: string;
  readonly spoken: string;
}

@Injectable()
export class Tickets {
  constructor(
    private readonly keys: KeyRingSource,
    private readonly publicUrl: PublicUrl,
    private readonly devices: DeviceStore,
  ) {}

  /** Null for anything that is not a code of ours; a forged or mistyped one costs no look into the store. */
  async find(text: string): Promise<FoundTicket | null> {
    const typed = ticketFromText(text);
    const read = typed.ok ? readTicket(this.keys.current(), typed.ticket) : typed;
    if (!read.ok) return null;
    const device = await this.devices.byNumber(read.batch, read.number);
    if (device === null) return null;
    return { device, current: read.generation === device.generation };
  }

  /** With the key that the device was made with: a reprint after a change of keys names the same device. */
  of({ batch, number, generation, keyId }: Device): TicketForms {
    const ring = { ...this.keys.current(), current: keyId };
    const ticket = issueTicket(ring, { batch, number, generation });
    return { ticket, url: ticketUrl(this.publicUrl.href, ticket), spoken: spokenTicket(ticket) };
  }

  /**
   * Another label in the place of the printed one, which from now on is told to be old. The PIN in the box stays.
   * @throws DomainError `not-found` when there is no such device, or it has had all 256 labels that it can have.
   */
  async reprint(deviceId: string): Promise<TicketForms & { readonly generation: number }> {
    const device = await this.devices.raiseGeneration(deviceId);
    if (device === null) throw new DomainError('not-found');
    return { ...this.of(device), generation: device.generation };
  }
}
