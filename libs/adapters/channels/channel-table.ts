// The channels of this gateway, by kind.
import { Injectable } from '@nestjs/common';
import { type ChannelKind, Channels, type LeasedDelivery, type Receipt } from '#domain/notices';
import type { Channel } from './channel.js';
import { WebhookChannel } from './webhook-channel.js';

@Injectable()
export class ChannelTable extends Channels {
  private readonly table: Readonly<Record<ChannelKind, Channel>>;

  constructor(webhook: WebhookChannel) {
    super();
    this.table = { webhook };
  }

  deliver(delivery: LeasedDelivery, timeoutMs: number): Promise<Receipt> {
    return this.table[delivery.channel].deliver(delivery, timeoutMs);
  }

  kinds(): readonly ChannelKind[] {
    return Object.keys(this.table) as ChannelKind[];
  }
}
