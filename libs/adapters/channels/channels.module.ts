// The channels room: the ways to people, and the live stream to their pages.
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Channels, LiveFeed } from '#domain/notices';
import { type ChannelOptions, ChannelSettings } from './channel-settings.js';
import { ChannelTable } from './channel-table.js';
import { InProcessLiveFeed } from './in-process-live-feed.js';
import { MailChannel } from './mail-channel.js';
import { NtfyChannel } from './ntfy-channel.js';
import { OutboundHttp } from './outbound-http.js';
import { WebPushChannel } from './web-push-channel.js';
import { WebhookChannel } from './webhook-channel.js';
import { WecomChannel } from './wecom-channel.js';
import { Wordings } from './wording.js';

@Global()
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: NestJS wants a class, and this one is made by its options.
export class ChannelsModule {
  /** Expects global modules that provide `Clock`, `PublicUrl` and `SnapshotStore`. */
  static forRoot(options: ChannelOptions): DynamicModule {
    return {
      module: ChannelsModule,
      providers: [
        { provide: ChannelSettings, useValue: options },
        OutboundHttp,
        Wordings,
        WebhookChannel,
        MailChannel,
        WebPushChannel,
        WecomChannel,
        NtfyChannel,
        { provide: Channels, useClass: ChannelTable },
        { provide: LiveFeed, useClass: InProcessLiveFeed },
      ],
      exports: [Channels, LiveFeed],
    };
  }
}
