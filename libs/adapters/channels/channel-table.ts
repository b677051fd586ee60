// The channels of this gateway, by kind.
import { Injectable } from '@nestjs/common';
import { type ChannelKind, type ChannelView, channelKindSchema } from '#codecs/api';
import { Channels, type Receipt, type Sending } from '#domain/notices';
import type { Channel } from './channel.js';
import { MailChannel } from './mail-channel.js';
import { NtfyChannel } from './ntfy-channel.js';
import { WebPushChannel } from './web-push-channel.js';
import { WebhookChannel } from './webhook-channel.js';
import { WecomChannel } from './wecom-channel.js';

@Injectable()
export class ChannelTable extends Channels {
  private readonly table: Readonly<Record<ChannelKind, Channel>>;

  constructor(
    webhook: WebhookChannel,
    mail: MailChannel,
    webPush: WebPushChannel,
    wecom: WecomChannel,
    ntfy: NtfyChannel,
  ) {
    super();
    this.table = { webhook, mail, 'web-push': webPush, wecom, ntfy };
  }

  async deliver(sending: Sending, timeoutMs: number): Promise<Receipt> {
    const channel = this.table[sending.channel];
    if (channel.missing.length > 0) return { outcome: 'refused', detail: 'the channel is not set up' };
    return channel.deliver(sending, timeoutMs);
  }

  offers(): readonly ChannelView[] {
    return channelKindSchema.options.map(kind => {
      const { missing, publicKey } = this.table[kind];
      const key = publicKey === undefined ? {} : { publicKey };
      return { channel: kind, isReady: missing.length === 0, missing: [...missing], ...key };
    });
  }
}
