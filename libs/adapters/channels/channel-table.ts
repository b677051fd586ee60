// The channels of this gateway, by kind.
import { Injectable } from '@nestjs/common';
import { type ChannelKind, type ChannelView, channelKindSchema } from '#codecs/api';
import { Channels, type Receipt, type Sending } from '#domain/notices';
import type { Channel } from './channel.js';
import { WebhookChannel } from './webhook-channel.js';

@Injectable()
export class ChannelTable extends Channels {
  private readonly table: Readonly<Partial<Record<ChannelKind, Channel>>>;

  constructor(webhook: WebhookChannel) {
    super();
    this.table = { webhook };
  }

  async deliver(sending: Sending, timeoutMs: number): Promise<Receipt> {
    const channel = this.table[sending.channel];
    if (!channel || channel.missing.length > 0)
      return { outcome: 'refused', detail: 'the channel is not set up' };
    return channel.deliver(sending, timeoutMs);
  }

  offers(): readonly ChannelView[] {
    return channelKindSchema.options.map(kind => {
      const channel = this.table[kind];
      const missing = channel?.missing ?? [];
      return { channel: kind, isReady: channel !== undefined && missing.length === 0, missing: [...missing] };
    });
  }
}
