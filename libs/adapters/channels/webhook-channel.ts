// The webhook channel: a signed POST to a person's own URL.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';
import type { Receipt, Sending } from '#domain/notices';
import type { Channel } from './channel.js';
import { ChannelSettings } from './channel-settings.js';
import { cloudEvent, cloudEventType } from './cloud-event.js';
import { OutboundHttp } from './outbound-http.js';
import { signature } from './signature.js';

@Injectable()
export class WebhookChannel implements Channel {
  readonly missing = [];

  constructor(
    private readonly http: OutboundHttp,
    private readonly clock: Clock,
    private readonly settings: ChannelSettings,
  ) {}

  deliver(sending: Sending, timeoutMs: number): Promise<Receipt> {
    const { id, endpoint } = sending;
    const body = cloudEvent(sending, this.settings.source);
    const headers = {
      'content-type': cloudEventType,
      'airbind-delivery': id,
      'airbind-signature': signature(endpoint.secret, body, this.clock.now()),
    };
    return this.http.postForReceipt(endpoint.address, { headers, body }, timeoutMs);
  }
}
