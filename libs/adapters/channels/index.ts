// Front door of the channels room: its module, and the live stream within one process.
export type { ChannelOptions, VapidSettings } from './channel-settings.js';
export { ChannelsModule } from './channels.module.js';
export { InProcessLiveFeed } from './in-process-live-feed.js';
