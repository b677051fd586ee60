// Settings of the channels for tests: everything is set, and loopback may be reached.
import type { ChannelOptions } from '../channel-settings.js';

export function channelSettings(change: Partial<ChannelOptions> = {}): ChannelOptions {
  return {
    source: 'https://gateway.example',
    allowPrivateAddresses: true,
    smtpUrl: null,
    mailFrom: 'Airbind <alarms@gateway.example>',
    vapid: { subject: 'mailto:operator@gateway.example', publicKey: '', privateKey: '' },
    ...change,
  };
}
