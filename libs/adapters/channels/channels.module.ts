// The channels room: the ways to people, and the live stream to their pages.
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Channels, LiveFeed } from '#domain/notices';
import { type ChannelOptions, ChannelSettings } from './channel-settings.js';
import { ChannelTable } from './channel-table.js';
import { InProcessLiveFeed } from './in-process-live-feed.js';
import { WebhookChannel } from './webhook-channel.js';

@Global()
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: NestJS wants a class, and this one is made by its options.
export class ChannelsModule {
  /** Expects a global module that provides `Clock`. */
  static forRoot(options: ChannelOptions): DynamicModule {
    return {
      module: ChannelsModule,
      providers: [
        { provide: ChannelSettings, useValue: new ChannelSettings(options) },
        WebhookChannel,
        { provide: Channels, useClass: ChannelTable },
        { provide: LiveFeed, useClass: InProcessLiveFeed },
      ],
      exports: [Channels, LiveFeed],
    };
  }
}
